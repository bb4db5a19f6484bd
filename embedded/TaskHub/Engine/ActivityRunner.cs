using CityBrain.Embedded.Hosting;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Has the worker run an activity, as often as it takes to reach a worker that answers.</summary>
internal sealed class ActivityRunner(ITaskHubWorker worker, TimeProvider clock, TaskHubOptions options, ILogger log, CancellationToken stopping, CancellationToken closing)
{
    /// <summary>The message about how the activity ended; null when it was given back, so that it runs again after the next start.</summary>
    public async Task<Mail?> RunAsync(ActivityTask task)
    {
        try
        {
            var ended = await InvokeAsync(task).ConfigureAwait(false);
            return HistoryEvents.ToMail(ended, task.Execution, MailSource.Task, task.Number);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || closing.IsCancellationRequested)
        {
            return null;
        }
    }

    private long Now => clock.GetUtcNow().UtcTicks;

    private async Task<HistoryEvent> InvokeAsync(ActivityTask task)
    {
        while (true)
        {
            if (!worker.HasActivity(task.Name))
                return HistoryEvents.TaskFailed(Now, task.TaskId, Failures.NoActivity(task.Name));
            try
            {
                var result = await worker.RunActivityAsync(task.Name, task.InstanceId, task.Input, closing).ConfigureAwait(false);
                return HistoryEvents.TaskCompleted(Now, task.TaskId, result.Json);
            }
            catch (InvocationFailedException failure)
            {
                return HistoryEvents.TaskFailed(Now, task.TaskId, Failures.FromInvocation(failure));
            }
            catch (WorkerLostException)
            {
                await worker.WaitUntilReadyAsync(stopping).ConfigureAwait(false);
            }
            catch (Exception failure) when (!closing.IsCancellationRequested)
            {
                log.ActivityNotRun(failure, task.Name, task.InstanceId, options.FirstRetryPause);
                await Task.Delay(options.FirstRetryPause, TimeProvider.System, stopping).ConfigureAwait(false);
            }
        }
    }
}
