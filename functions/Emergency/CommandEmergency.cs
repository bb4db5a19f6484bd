using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Emergency;

/// <summary>
/// <c>POST /api/emergencies/{id}/{command}</c>: <c>activate adjust end dismiss review link acknowledge</c>. 409 with the legal commands; 403 when
/// another authority signs for the level.
/// </summary>
public sealed class CommandEmergency(EmergencyDesk desk, Callers callers)
{
    /// <summary>Gives the command.</summary>
    [Function(nameof(CommandEmergency))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "emergencies/{id}/{command}")] HttpRequest request,
        string id,
        string command,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        if (!EnumNames.TryParse<EmergencyAction>(command, out var action))
        {
            return Problem.Of(404, "UNKNOWN_COMMAND", "There is no such command; an emergency shows those that are legal now under commands.");
        }

        var (caller, problem) = callers.AtLeast(action is EmergencyAction.Acknowledge ? Role.Staff : Role.Duty, request);
        if (caller is null)
        {
            return problem!;
        }

        var (arguments, fault) = await RequestBody.ReadAsync<CommandArguments>(request, cancellationToken);
        if (fault is not null)
        {
            return fault;
        }

        var with = arguments ?? new();
        return action switch
        {
            EmergencyAction.Activate => await Move(new Activate(with.Level)),
            EmergencyAction.Adjust => await Move(new Adjust(with.Level, with.Reason)),
            EmergencyAction.End => await Move(new End(with.Reason)),
            EmergencyAction.Dismiss => await Move(new Dismiss(with.Reason)),
            EmergencyAction.Review => await Move(new Review(with.Findings)),
            EmergencyAction.Link => await desk.LinkAsync(id, with.CaseId, caller, durable, cancellationToken),
            EmergencyAction.Acknowledge => await desk.AcknowledgeAsync(id, with.AreaId, caller, durable, cancellationToken),
            _ => Problem.Of(404, "UNKNOWN_COMMAND", "That is a step of the city itself; an emergency shows the legal commands under commands."),
        };

        Task<IResult> Move(EmergencyMove move) => desk.MoveAsync(id, move, caller, durable, cancellationToken);
    }
}

/// <summary>The arguments of the commands; each takes its own.</summary>
/// <param name="Level">Of <c>activate</c> (the proposed one, when left out) and <c>adjust</c>.</param>
/// <param name="Reason">Of <c>adjust</c>, <c>end</c> and <c>dismiss</c>.</param>
/// <param name="Findings">Of <c>review</c>.</param>
/// <param name="CaseId">Of <c>link</c>.</param>
/// <param name="AreaId">Of <c>acknowledge</c>; the caller's own area, when left out.</param>
public sealed record CommandArguments(EmergencyLevel? Level = null, string? Reason = null, string? Findings = null, string? CaseId = null, string? AreaId = null);
