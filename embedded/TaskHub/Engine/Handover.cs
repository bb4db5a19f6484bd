namespace CityBrain.Embedded.TaskHub;

/// <summary>Hands out what a turn's commit has put into the tables, to those who wait for it.</summary>
/// <param name="activities">Runs activities.</param>
/// <param name="timers">Watches timers.</param>
/// <param name="waiters">Clients that wait for the instance.</param>
/// <param name="begin">Lets a created instance take its first turn.</param>
/// <param name="deliver">Delivers a message to an instance, by its row key.</param>
internal sealed class Handover(ActivityPump activities, TimerPump timers, InstanceWaiters waiters, Action<InstanceRow> begin, Action<long, Mail> deliver)
{
    public void Give(TurnCommit turn, CommitReceipt receipt)
    {
        if (receipt.Timers is { } added)
            timers.Add(added);
        if (receipt.Activities is { } tasks)
            activities.Enqueue(tasks);
        foreach (var started in receipt.Started ?? [])
        {
            begin(started);
            waiters.Changed(started.Id);
        }

        receipt.Messages?.ForEach(message => deliver(message.Key, message.Mail));
        if (turn.NewRow.Status != turn.Row.Status)
            waiters.Changed(turn.Row.Id);
    }
}
