using CityBrain.Rehearsal.Play;

namespace CityBrain.Tests.Rehearsal;

public sealed class AgendaTests
{
    private static readonly DateTimeOffset Noon = new(2025, 8, 16, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TakeDue_InAnyOrderOfAdding_ComesInOrderOfTimeAndNotTooEarly()
    {
        var agenda = new Agenda();
        foreach (var minute in new[] { 3, 1, 2, 1 })
        {
            agenda.Add(Noon.AddMinutes(minute), _ => Task.CompletedTask);
        }

        Assert.Null(agenda.TakeDue(Noon));
        var due = new[] { agenda.TakeDue(Noon.AddMinutes(2)), agenda.TakeDue(Noon.AddMinutes(2)), agenda.TakeDue(Noon.AddMinutes(2)) };
        Assert.Equal([1, 1, 2], due.Select(entry => (int)(entry!.Due - Noon).TotalMinutes));
        Assert.Null(agenda.TakeDue(Noon.AddMinutes(2)));
        Assert.Equal(1, agenda.Waiting);
    }

    [Fact]
    public void Oldest_WhileSomethingRuns_IsItsDueTimeUntilDone()
    {
        var agenda = new Agenda();
        agenda.Add(Noon, _ => Task.CompletedTask);
        agenda.Add(Noon.AddHours(1), _ => Task.CompletedTask);

        var first = agenda.TakeDue(Noon)!;
        Assert.Equal((Noon, 1), (agenda.Oldest!.Value, agenda.Running));
        agenda.Done(first);
        Assert.Equal((Noon.AddHours(1), 0), (agenda.Oldest!.Value, agenda.Running));
    }
}
