using System.Collections.Concurrent;
using CityBrain.Embedded.Functions.Rpc;
using Grpc.Core;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>Where workers call: a stream belongs to the worker whose id it gives first. Nothing else tells who calls, so the id is a secret of host and worker.</summary>
internal sealed class FunctionRpcService(WorkerDirectory workers) : FunctionRpc.FunctionRpcBase
{
    /// <inheritdoc/>
    public override async Task EventStream(IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false)
            || requestStream.Current.StartStream is not { } start
            || workers.Find(start.WorkerId) is not { } worker)
        {
            throw new Grpc.Core.RpcException(new Status(StatusCode.Unauthenticated, "This host started no worker of that id."));
        }

        await worker.CarryAsync(requestStream, responseStream, context.CancellationToken).ConfigureAwait(false);
    }
}

/// <summary>The workers that this host has started and that have not ended, by their ids. Safe for concurrent use.</summary>
internal sealed class WorkerDirectory
{
    private readonly ConcurrentDictionary<string, WorkerChannel> _workers = new(StringComparer.Ordinal);

    public void Add(WorkerChannel worker) => _workers[worker.WorkerId] = worker;

    public void Remove(WorkerChannel worker) => _workers.TryRemove(worker.WorkerId, out _);

    public WorkerChannel? Find(string workerId) => _workers.GetValueOrDefault(workerId);
}
