using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;

namespace CityBrain.Burden;

/// <summary>
/// Keeps the open tasks of grid workers and communities under the city's cap: a task beyond it goes to the neighbour in the community with the
/// fewest, else one level up. What is urgent passes, with a mark.
/// </summary>
public sealed class TaskPlacing(TaskSeats seats, CityModel city, TimeProvider clock)
{
    /// <summary>Stable code of what the cap stops.</summary>
    public const string Code = "OVER_CAP";

    private int Cap => city.Dispatch.Burden.OpenTasks;

    /// <summary>The dispatch as it may be made. It must follow soon: a seat is held for it.</summary>
    public async Task<DispatchTo> PlaceAsync(DispatchTo wanted, Case current, CancellationToken cancellationToken)
    {
        if (!city.IsWorker(wanted.Department) || await seats.TakeAsync(wanted.Department, current.Id, Cap, cancellationToken) is not { Taken: false, Open: var open })
        {
            return wanted;
        }

        var note = new BurdenNote(wanted.Department, open, Cap, PassOf(current), clock.GetUtcNow());
        if (note.Passed is not null)
        {
            return wanted with { Burden = note };
        }

        foreach (var other in await OthersAsync(wanted.Department, current, cancellationToken))
        {
            if (!city.IsWorker(other) || await seats.TakeAsync(other, current.Id, Cap, cancellationToken) is { Taken: true })
            {
                return wanted with { Department = other, Burden = note };
            }
        }

        return wanted with { Burden = note with { Passed = BurdenPass.NobodyElse } };
    }

    /// <summary>Why a person's command may not give the case to a worker that has its fill; null when it may.</summary>
    public async Task<string?> RefusalAsync(CaseCommand command, Case current, CancellationToken cancellationToken)
    {
        var target = command switch
        {
            Reassign { Department: { } department } => department,
            Arbitrate { Department: { } department } => department,
            Release => current.Triage?.LeadDepartment,
            _ => null,
        };
        return target is not null && CaseTransitions.Next(current.State, command.Action) is not null && city.IsWorker(target) && PassOf(current) is null
            && await seats.TakeAsync(target, current.Id, Cap, cancellationToken) is { Taken: false, Open: var open }
                ? $"'{target}' has {open} open tasks, and {Cap} are the cap; name a neighbour or an office one level up. What is urgent passes."
                : null;
    }

    /// <summary>Who may have it instead, in the order in which they are asked: neighbours of the same community by their tasks, then up the levels.</summary>
    private async Task<IReadOnlyList<string>> OthersAsync(string worker, Case current, CancellationToken cancellationToken)
    {
        var own = city.Departments.Find(worker)!;
        var area = city.Areas.Find(own.AreaId!)!;
        var counts = new List<(string Id, int Open)>();
        foreach (var neighbour in area.Level is AreaLevel.Grid ? city.Areas.Children(area.ParentId!) : [])
        {
            if (neighbour.Id != area.Id && city.Departments.Find(Departments.OfficeId(own.ParentId ?? "", neighbour.Id)) is { } office)
            {
                counts.Add((office.Id, (await seats.TasksOfAsync(office.Id, cancellationToken)).Count));
            }
        }

        var above = new List<string>();
        for (var office = city.OfficeAbove(area.Id); office is not null; office = city.OfficeAbove(office.AreaId!))
        {
            above.Add(office.Id);
        }

        return
        [
            .. counts.OrderBy(one => one.Open).ThenBy(one => one.Id, StringComparer.Ordinal).Select(one => one.Id).Concat(above)
                .Where(id => !ReleaseGate.IsClosed(id, current, city, clock.GetUtcNow())),
        ];
    }

    private static BurdenPass? PassOf(Case current) => current switch
    {
        { Triage.Urgency: Urgency.LifeSafety } => BurdenPass.LifeRisk,
        { Triage.Urgency: Urgency.Urgent } => BurdenPass.Urgent,
        { State: CaseState.Reopened } => BurdenPass.Reopened,
        _ => null,
    };
}
