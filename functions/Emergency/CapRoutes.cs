using System.Text;
using System.Xml;
using CityBrain.City;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Emergency;

/// <summary>CAP 1.2 in and out.</summary>
public sealed class CapRoutes(Callers callers, EmergencyStore store, EmergencyPlans plans, CityModel city, CapDesk cap)
{
    /// <summary>Content type of CAP messages.</summary>
    public const string ContentType = "application/cap+xml; charset=utf-8";

    /// <summary><c>GET /api/emergencies/{id}/cap.xml</c>: the latest message; 404 while none was given out.</summary>
    [Function(nameof(GetCapMessage))]
    public async Task<IResult> GetCapMessage([HttpTrigger(AuthorizationLevel.Function, "get", Route = "emergencies/{id}/cap.xml")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (callers.AtLeast(Role.Staff, request).Problem is { } problem)
        {
            return problem;
        }

        if (await store.FindAsync(id, cancellationToken) is not { } emergency || plans.Find(emergency.PlanCode) is not { } plan)
        {
            return EmergencyDesk.NotThere(id);
        }

        if (CapWriter.Latest(emergency, plan, city) is not { } message)
        {
            return Problem.NotFound("The emergency has not been activated, so no alert was given out.");
        }

        using var bytes = new MemoryStream();
        await using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Async = true, Indent = true, Encoding = new UTF8Encoding(false) }))
        {
            await message.SaveAsync(writer, cancellationToken);
        }

        return TypedResults.Bytes(bytes.ToArray(), ContentType);
    }

    /// <summary><c>POST /api/emergencies/cap</c>: a message of another system. The same message again gives the same emergency.</summary>
    [Function(nameof(TakeCapMessage))]
    public async Task<IResult> TakeCapMessage(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "emergencies/cap")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var (caller, problem) = callers.AtLeast(Role.Intake, request);
        if (caller is null)
        {
            return problem!;
        }

        if (caller.Role is Role.Staff or Role.Party)
        {
            return Problem.Forbidden("Alerts come from intake systems and duty officers.");
        }

        var (bytes, tooLong) = await RequestBody.ReadBytesAsync(request, CapReader.Limit, cancellationToken);
        if (tooLong is not null)
        {
            return tooLong;
        }

        using var xml = new MemoryStream(bytes.ToArray(), writable: false);
        var (message, fault) = CapReader.Read(xml);
        return message is null ? Problem.Invalid("MALFORMED_CAP", fault!) : await cap.TakeAsync(message, caller, durable, cancellationToken);
    }
}
