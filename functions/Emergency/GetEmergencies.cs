using CityBrain.City;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Emergency;

/// <summary>What is to be read of emergencies: the list, one of them, who is missing, and the after-action log.</summary>
public sealed class GetEmergencies(EmergencyDesk desk, Callers callers, EmergencyStore store, EmergencyPlans plans, CityModel city)
{
    /// <summary><c>GET /api/emergencies</c>: all, the newest first.</summary>
    [Function(nameof(ListEmergencies))]
    public async Task<IResult> ListEmergencies([HttpTrigger(AuthorizationLevel.Function, "get", Route = "emergencies")] HttpRequest request, CancellationToken cancellationToken) =>
        callers.AtLeast(Role.Staff, request).Problem ?? TypedResults.Json(
            new { emergencies = (await store.AllAsync(cancellationToken)).OrderByDescending(emergency => emergency.DeclaredAt).Select(emergency => EmergencyView.Of(emergency, plans, city.Areas)) },
            CityJson.Options);

    /// <summary><c>GET /api/emergencies/{id}</c>.</summary>
    [Function(nameof(GetEmergency))]
    public Task<IResult> GetEmergency([HttpTrigger(AuthorizationLevel.Function, "get", Route = "emergencies/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        WithAsync(request, id, emergency => Task.FromResult(desk.ViewOf(emergency)), cancellationToken);

    /// <summary><c>GET /api/emergencies/{id}/rollcall</c>: who has not confirmed 点名.</summary>
    [Function(nameof(GetRollCall))]
    public Task<IResult> GetRollCall([HttpTrigger(AuthorizationLevel.Function, "get", Route = "emergencies/{id}/rollcall")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        WithAsync(
            request,
            id,
            async emergency =>
            {
                var orders = (await store.OrdersAsync(id, cancellationToken)).Where(order => order.Tasks.Count > 0).ToList();
                var missing = orders.Where(order => order.IsMissing).Select(order => MissingOf(order, plans.Find(emergency.PlanCode))).ToList();
                return TypedResults.Json(new RollCallView(orders.Count, orders.Count - missing.Count, missing), CityJson.Options);
            },
            cancellationToken);

    /// <summary><c>GET /api/emergencies/{id}/log</c>: the after-action log, as JSON, or as text for <c>Accept: text/plain</c>.</summary>
    [Function(nameof(GetEmergencyLog))]
    public Task<IResult> GetEmergencyLog([HttpTrigger(AuthorizationLevel.Function, "get", Route = "emergencies/{id}/log")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        WithAsync(
            request,
            id,
            async emergency =>
            {
                var log = EmergencyLog.Of(emergency, await store.HistoryAsync(id, cancellationToken), await store.OrdersAsync(id, cancellationToken), await store.CasesAsync(id, cancellationToken));
                return request.Headers.Accept.ToString().Contains("text/plain", StringComparison.OrdinalIgnoreCase)
                    ? TypedResults.Text(log.ToText(), "text/plain; charset=utf-8")
                    : TypedResults.Json(log, CityJson.Options);
            },
            cancellationToken);

    private async Task<IResult> WithAsync(HttpRequest request, string id, Func<EmergencyRecord, Task<IResult>> show, CancellationToken cancellationToken) =>
        callers.AtLeast(Role.Staff, request).Problem
        ?? (await store.FindAsync(id, cancellationToken) is { } emergency ? await show(emergency) : EmergencyDesk.NotThere(id));

    private MissingView MissingOf(EmergencyOrder order, EmergencyPlan? plan) => new(
        order.AreaId,
        city.Areas.Find(order.AreaId)?.Name,
        [.. order.Tasks.Select(code => plan?.Tasks.GetValueOrDefault(code)).OfType<LocalizedName>()],
        order.SentAt,
        order.Rung,
        order.Log.LastOrDefault(step => step.Kind is OrderEventKind.Climbed)?.Who);
}
