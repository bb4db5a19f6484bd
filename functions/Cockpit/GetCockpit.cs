using CityBrain.Resources;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Cockpit;

/// <summary><c>GET /api/cockpit?code=&amp;lang=&amp;case=</c>: one screen for a duty officer. It refreshes itself from <c>/api/overview</c>.</summary>
public sealed class GetCockpit(CockpitPage page, Callers callers)
{
    /// <summary>Answers the request.</summary>
    [Function(nameof(GetCockpit))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "cockpit")] HttpRequest request) =>
        callers.Of(request) is { Role: >= Role.Staff } caller
            ? page.Of(caller, Texts.For(request))
            : Problem.Forbidden("The cockpit is for staff; open it with ?code= and the key of a member of staff.");
}
