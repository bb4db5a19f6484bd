using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CityBrain.Cases;
using CityBrain.Intake;

namespace CityBrain.Rehearsal.Play;

/// <summary>The keys that the people of the play hold.</summary>
internal sealed record CityKeys(string Intake, string Staff, string Duty, string DeviceKeyName, string DeviceKey);

/// <summary>The city's HTTP API, as hotlines, staff and reporters use it.</summary>
internal sealed class CityApi(HttpClient http, CityKeys keys, Score score)
{
    /// <summary>The channel that hotlines and apps read, to pass the city's questions on to reporters.</summary>
    public const string Reporters = "reporters";

    /// <summary>The channel of the duty officers.</summary>
    public const string Duty = "duty";

    /// <summary>Sends one appeal; the time it takes is kept.</summary>
    public async Task<ApiAnswer> FileAsync(AppealRequest appeal, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await SendAsync(HttpMethod.Post, "api/appeals", keys.Intake, Json(appeal), cancellationToken);
        score.AppealMilliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return answer;
    }

    /// <summary>Sends an appeal as it stands, right or wrong.</summary>
    public Task<ApiAnswer> FileRawAsync(string body, bool forged, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "api/appeals", forged ? "nobody-has-this-key" : keys.Intake, new StringContent(body, Encoding.UTF8, "application/json"), cancellationToken);

    /// <summary>Sends appeals one a line; the answer has an element for each.</summary>
    public Task<ApiAnswer> FileBatchAsync(IEnumerable<AppealRequest> appeals, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "api/appeals/batch", keys.Intake, new StringContent(string.Join('\n', appeals.Select(CityJson.Write)), Encoding.UTF8, "application/x-ndjson"), cancellationToken);

    /// <summary>Gives a command.</summary>
    public Task<ApiAnswer> CommandAsync(string caseId, Move move, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post,
        $"api/cases/{caseId}/{move.Command}",
        move.IsDuty ? keys.Duty : keys.Staff,
        move.Body is null ? null : Json(move.Body),
        cancellationToken);

    /// <summary>Answers a reporter's link.</summary>
    public Task<ApiAnswer> AnswerAsync(string link, object body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, link.TrimStart('/'), null, Json(body), cancellationToken);

    /// <summary>A case as duty officers see it, with the reporter's link; null when it is not there.</summary>
    public async Task<CaseSeen?> FindAsync(string caseId, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, $"api/cases/{caseId}", keys.Duty, null, cancellationToken)).As<CaseSeen>();

    /// <summary>All cases in a state, newest first.</summary>
    public async Task<IReadOnlyList<CaseSeen>> ListAsync(CaseState status, CancellationToken cancellationToken)
    {
        List<CaseSeen> found = [];
        string? cursor = null;
        do
        {
            var page = (await SendAsync(HttpMethod.Get, $"api/cases?status={status}&limit=200{(cursor is null ? "" : "&cursor=" + cursor)}", keys.Duty, null, cancellationToken)).As<Page>();
            found.AddRange(page?.Cases ?? []);
            cursor = page?.Cursor;
        }
        while (cursor is not null);
        return found;
    }

    /// <summary>All cases, whatever their state.</summary>
    public async Task<IReadOnlyList<CaseSeen>> AllAsync()
    {
        List<CaseSeen> found = [];
        foreach (var state in Enum.GetValues<CaseState>())
        {
            found.AddRange(await ListAsync(state, CancellationToken.None));
        }

        return found;
    }

    /// <summary>The newest notices of a channel, at most two weeks old.</summary>
    public async Task<IReadOnlyList<NoticeSeen>> NoticesAsync(string channel, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, $"api/notices?channel={channel}&take=200", channel == Reporters ? keys.Intake : keys.Staff, null, cancellationToken)).As<Board>()?.Notices ?? [];

    /// <summary>Any resource that staff may read; null when it is not there.</summary>
    public async Task<JsonElement?> ReadAsync(string path, CancellationToken cancellationToken) =>
        await SendAsync(HttpMethod.Get, path, keys.Staff, null, cancellationToken) is { Status: HttpStatusCode.OK } answer ? answer.As<JsonElement>() : null;

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? key, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        score.Requested();
        using var response = await http.SendAsync(request, cancellationToken);
        return new ApiAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static ByteArrayContent Json(object value) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), CityJson.Options)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private sealed record Board(IReadOnlyList<NoticeSeen> Notices);

    private sealed record Page(IReadOnlyList<CaseSeen> Cases, string? Cursor);
}
