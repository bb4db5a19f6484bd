using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Api;

/// <summary>Finds a case for a caller. What is not in the caller's slice of the city is not there.</summary>
public sealed class CaseAccess(CaseStore cases, Callers callers, CityModel city)
{
    /// <summary>The case, if the caller has at least a role and may see it; else the problem to answer with.</summary>
    public async Task<(Case? Case, Caller? Caller, IResult? Problem)> FindAsync(HttpRequest request, string caseId, Role least, CancellationToken cancellationToken)
    {
        var (caller, problem) = callers.AtLeast(least, request);
        if (caller is null)
        {
            return (null, null, problem);
        }

        var found = CaseKeys.IsCaseId(caseId) ? await cases.FindAsync(caseId, cancellationToken) : null;
        return found is not null && caller.MaySee(CaseSummary.Of(found), city.Areas)
            ? (found, caller, null)
            : (null, caller, Problem.NotFound(CaseKeys.IsCaseId(caseId) ? $"There is no case '{caseId}' in your part of the city." : "That is no case id; one has 20 characters, digits and small letters."));
    }
}
