using System.Buffers;
using CityBrain.Embedded.Hosting;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Has the worker run a turn, as often as it takes to reach a worker that answers.</summary>
internal sealed class TurnInvoker(ITaskHubWorker worker, TaskHubOptions options, CancellationToken stopping, CancellationToken closing)
{
    private readonly TurnRequests _requests = new(options);

    /// <summary>Runs the turn.</summary>
    /// <param name="session">The instance; the caller has it to itself.</param>
    /// <param name="row">Its row.</param>
    /// <param name="added">Frames of the turn's new events.</param>
    /// <exception cref="InvocationFailedException">The invocation failed; the turn is to be taken again.</exception>
    /// <exception cref="OperationCanceledException">The hub stops.</exception>
    public async Task<OrchestratorResponse> InvokeAsync(OrchestrationSession session, InstanceRow row, ReadOnlyMemory<byte> added)
    {
        var isHeld = options.ExtendedSessionsEnabled && session.IsHeldByWorker;

        // If anything goes wrong from here on, nobody knows how far the worker's copy has come.
        session.IsHeldByWorker = false;
        while (true)
        {
            try
            {
                var response = await SendAsync(session, row, added, isHeld).ConfigureAwait(false);
                if (!response.RequiresHistory)
                    return response;
                if (!isHeld)
                    throw new InvocationFailedException("The worker asked for a history that it had been sent.");
            }
            catch (WorkerLostException)
            {
                await worker.WaitUntilReadyAsync(stopping).ConfigureAwait(false);
            }

            isHeld = false;
        }
    }

    private async Task<OrchestratorResponse> SendAsync(OrchestrationSession session, InstanceRow row, ReadOnlyMemory<byte> added, bool isHeld)
    {
        var request = _requests.Rent(row, isHeld ? [] : session.History.Frames, added.Span, isHeld, out var length);
        try
        {
            return await worker.RunTurnAsync(row.Name, request.AsMemory(0, length), closing).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(request);
        }
    }
}
