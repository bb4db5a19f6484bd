using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using CityBrain.Cases;
using CityBrain.City;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CityBrain.Sharing;

/// <summary>What a caller is allowed to be.</summary>
public enum Role
{
    /// <summary>Hotlines and apps: file appeals.</summary>
    Intake,

    /// <summary>Property companies and volunteers: see what a whistle that calls them needs, and answer it.</summary>
    Party,

    /// <summary>Departments and streets: see and handle the cases of their slice.</summary>
    Staff,

    /// <summary>Duty officers: see all, merge, reassign, arbitrate.</summary>
    Duty,
}

/// <summary>Who calls, and how much of the city is theirs.</summary>
/// <param name="Name">Name in the settings; it goes to the history.</param>
/// <param name="Role">What they are.</param>
/// <param name="Department">Only this department's cases; null for all.</param>
/// <param name="AreaId">Only cases in this area; null for all.</param>
public sealed record Caller(string Name, Role Role, string? Department = null, string? AreaId = null)
{
    /// <summary>The level of the headquarters for which the caller may sign in an emergency; null when for none.</summary>
    public AreaLevel? Authority { get; init; }

    /// <summary>The caller as an actor in the history.</summary>
    public Actor Actor => new(Name, ActorKind.Staff) { Department = Department, AreaId = AreaId, IsDuty = Role is Role.Duty };

    /// <summary>True when the case is in the caller's slice of the city: its department has it, leads it for the time being, or was called to help.</summary>
    public bool MaySee(CaseSummary summary, AreaMap areas) => MayCommand(summary, areas, asParty: true);

    /// <summary>True when the caller may give a command: the lead every command, one that was called to help only those of its own part.</summary>
    public bool MayCommand(CaseSummary summary, AreaMap areas, bool asParty) => MaySee(asParty && Helps(summary) ? Department : summary.Department, summary.AreaId, areas);

    /// <summary>True when what a department does in an area is in the caller's slice of the city.</summary>
    /// <param name="department">The department; null when there is none yet.</param>
    /// <param name="areaId">The smallest known area; null when none is known.</param>
    /// <param name="areas">The areas of the city.</param>
    public bool MaySee(string? department, string? areaId, AreaMap areas) =>
        Role is not Role.Intake
        && (Department is null || Department == department)
        && (AreaId is null || (areaId is not null && areas.Find(areaId) is not null && areas.Chain(areaId).Any(part => part.Id == AreaId)));

    private bool Helps(CaseSummary summary) =>
        Department is not null
        && (Role is not Role.Party || !CaseTransitions.IsEnd(summary.State))
        && (Department == summary.ActingLead || summary.Whistles?.Any(call => call.Party == Department) is true);
}

/// <summary>One caller in the settings, <c>Callers:{name}</c>. The key is also a Functions host key of that name.</summary>
public sealed class CallerOptions
{
    /// <summary>The Functions key by which the caller is known.</summary>
    [Required]
    public string Key { get; set; } = "";

    /// <summary>What the caller is.</summary>
    public Role Role { get; set; }

    /// <summary>Department id, or nothing for all.</summary>
    public string? Department { get; set; }

    /// <summary>Area id, or nothing for the whole city.</summary>
    public string? Area { get; set; }

    /// <summary>City, District or Street: the headquarters for which the caller signs in an emergency; or nothing.</summary>
    public AreaLevel? Authority { get; set; }
}

/// <summary>Finds out who calls, by the Functions key that the host has already checked.</summary>
public sealed class Callers(IOptions<Dictionary<string, CallerOptions>> options)
{
    private readonly Dictionary<string, Caller> _byKeyHash = options.Value
        .Where(caller => caller.Value.Key.Length > 0)
        .ToDictionary(caller => Hash(caller.Value.Key), caller => new Caller(caller.Key, caller.Value.Role, caller.Value.Department, caller.Value.Area) { Authority = caller.Value.Authority }, StringComparer.Ordinal);

    /// <summary>The caller of a request; null when the key belongs to nobody in the settings.</summary>
    public Caller? Of(HttpRequest request)
    {
        var key = request.Headers["x-functions-key"].ToString();
        if (key.Length == 0)
        {
            key = request.Query["code"].ToString();
        }

        return key.Length is 0 or > 256 ? null : _byKeyHash.GetValueOrDefault(Hash(key));
    }

    /// <summary>The caller of a request, if it has at least a role; else the problem to answer with.</summary>
    public (Caller? Caller, IResult? Problem) AtLeast(Role least, HttpRequest request) => Of(request) switch
    {
        null => (null, Problem.Forbidden("This key belongs to no caller; add it under Callers in the settings.")),
        var caller when caller.Role < least => (null, Problem.Forbidden((least, caller.Role) switch
        {
            (Role.Duty, _) => "Only a duty officer may do that; use the key of one.",
            (_, Role.Party) => "This key may only answer whistles; use the key of a member of staff.",
            _ => "This key may only file appeals; use the key of a member of staff.",
        })),
        var caller => (caller, null),
    };

    // Looked up by hash, so the time it takes says nothing about the key.
    private static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
