using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace CityBrain.Emergency;

/// <summary>What the routes of emergencies share: what a caller may see, and how a move is answered.</summary>
public sealed class EmergencyDesk(EmergencyStore store, EmergencyPlans plans, CaseStore cases, CityModel city, TimeProvider clock)
{
    /// <summary>Declares an emergency; the same source id again gives the same one.</summary>
    public async Task<(EmergencyRecord Emergency, bool Created)> DeclareAsync(DeclareRequest wanted, Caller caller, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var draft = new EmergencyRecord
        {
            Id = CaseKeys.CaseId("emergency", wanted.SourceId!),
            PlanCode = wanted.Plan!,
            Level = wanted.Level!.Value,
            AreaId = wanted.AreaId ?? city.Areas.City.Id,
            Title = Language.Redactor.Redact(wanted.Title?.Trim() ?? ""),
        };
        var (emergency, created) = await store.DeclareAsync(draft, caller.Name, cancellationToken);
        await EmergencySignal.TellAsync(emergency, durable, cancellationToken);
        return (emergency, created);
    }

    /// <summary>Makes a move for a caller, and answers.</summary>
    public Task<IResult> MoveAsync(string id, EmergencyMove move, Caller caller, DurableTaskClient durable, CancellationToken cancellationToken) =>
        MoveAsync(id, _ => move, caller, durable, cancellationToken);

    /// <summary>The same, with the move decided on the version that it changes.</summary>
    public async Task<IResult> MoveAsync(string id, Func<EmergencyRecord, EmergencyMove?> decide, Caller caller, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        bool MaySign(EmergencyRecord current, LevelRule rule) => Authority.MaySign(caller, current, rule, city.Areas);
        var result = await store.ChangeAsync(id, decide, caller.Name, MaySign, cancellationToken);
        switch (result)
        {
            case MoveResult.Changed changed:
                await EmergencySignal.TellAsync(changed.After, durable, cancellationToken);
                return ViewOf(changed.After);
            case MoveResult.Unchanged unchanged:
                return ViewOf(unchanged.Current);
            case MoveResult.Illegal illegal:
                return IllegalIn(illegal.Current);
            case MoveResult.Unsigned unsigned:
                return Problem.Of(403, "NOT_THE_AUTHORITY", $"Level {unsigned.Level} is signed for by the {unsigned.Rule.Authority} headquarters of {unsigned.Current.AreaId}, or by a wider one; have its officer give the command.");
            case MoveResult.Refused refused:
                return Problem.Invalid("INVALID_COMMAND", "The command was not carried out; mend what errors names.", refused.Problems);
            default:
                return NotThere(id);
        }
    }

    /// <summary>Confirms the order of an area, for that area or one that holds it.</summary>
    public async Task<IResult> AcknowledgeAsync(string id, string? areaId, Caller caller, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } emergency)
        {
            return NotThere(id);
        }

        if (EmergencyTransitions.Next(emergency.State, EmergencyAction.Acknowledge) is null)
        {
            return IllegalIn(emergency);
        }

        var area = areaId ?? caller.AreaId;
        if (area is null || city.Areas.Find(area) is null || !Authority.HoldsOver(caller, area, city.Areas))
        {
            return Problem.Invalid("INVALID_COMMAND", "The order was not confirmed; mend what errors names.", ["areaId must be an area of yours that has an order."]);
        }

        var order = await store.ChangeOrderAsync(id, area, current => current is null ? null : OrderRules.Acknowledge(current, caller.Name, clock.GetUtcNow()), cancellationToken);
        if (order is null)
        {
            return Problem.Invalid("INVALID_COMMAND", "The order was not confirmed; mend what errors names.", [$"{area} has no order in this emergency yet."]);
        }

        await EmergencySignal.TellAsync(emergency, durable, cancellationToken);
        return TypedResults.Json(order, CityJson.Options);
    }

    /// <summary>Links a case: first on the case, then here, so a repeated link mends what a crash left.</summary>
    public async Task<IResult> LinkAsync(string id, string? caseId, Caller caller, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } emergency)
        {
            return NotThere(id);
        }

        if (EmergencyTransitions.Next(emergency.State, EmergencyAction.Link) is null)
        {
            return IllegalIn(emergency);
        }

        if (caseId is null || !CaseKeys.IsCaseId(caseId) || await cases.FindAsync(caseId, cancellationToken) is not { } found || !caller.MaySee(CaseSummary.Of(found), city.Areas))
        {
            return Problem.Invalid("INVALID_COMMAND", "The case was not linked; mend what errors names.", ["caseId must be a case in your part of the city."]);
        }

        if (await cases.DecideAsync(caseId, current => current.EmergencyId == id ? null : new LinkEmergency(id), caller.Actor, durable, cancellationToken) is ChangeResult.Illegal ended)
        {
            return Problem.Of(409, "ILLEGAL_COMMAND", $"The case is {ended.Current.State}; only an open case can be linked.", new() { ["state"] = ended.Current.State.ToString() });
        }

        return (await store.CasesAsync(id, cancellationToken)).Contains(caseId) ? ViewOf(emergency) : await MoveAsync(id, new Link(caseId), caller, durable, cancellationToken);
    }

    /// <summary>The answer that shows an emergency.</summary>
    public IResult ViewOf(EmergencyRecord emergency, int status = 200) => TypedResults.Json(EmergencyView.Of(emergency, plans, city.Areas), CityJson.Options, statusCode: status);

    /// <summary>The answer for an emergency that is not there.</summary>
    public static IResult NotThere(string id) => Problem.NotFound(CaseKeys.IsCaseId(id) ? $"There is no emergency '{id}'." : "That is no id of an emergency; one has 20 characters, digits and small letters.");

    private static IResult IllegalIn(EmergencyRecord current) => Problem.Of(
        409,
        "ILLEGAL_COMMAND",
        $"The emergency is {current.State}; that command is not legal there.",
        new() { ["state"] = current.State.ToString(), ["commands"] = EmergencyTransitions.CommandsFrom(current.State).Select(action => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(action.ToString())).ToList() });
}
