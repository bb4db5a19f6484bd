using CityBrain.City;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Emergency;

/// <summary><c>POST /api/emergencies</c>: drafts an emergency that waits for its authority. 201, or 200 with the same one when it was declared before.</summary>
public sealed class DeclareEmergency(EmergencyDesk desk, Callers callers, EmergencyPlans plans, CityModel city)
{
    /// <summary>Declares it.</summary>
    [Function(nameof(DeclareEmergency))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "emergencies")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var (caller, problem) = callers.AtLeast(Role.Duty, request);
        if (caller is null)
        {
            return problem!;
        }

        var (wanted, fault) = await RequestBody.ReadAsync<DeclareRequest>(request, cancellationToken);
        if (fault is not null)
        {
            return fault;
        }

        wanted ??= new(null, null, null);
        if (wanted.Faults(plans, city.Areas).ToList() is { Count: > 0 } faults)
        {
            return Problem.Invalid("INVALID_EMERGENCY", "The emergency was not declared; mend what errors names.", faults);
        }

        var (emergency, created) = await desk.DeclareAsync(wanted, caller, durable, cancellationToken);
        return desk.ViewOf(emergency, created ? 201 : 200);
    }
}
