using System.Globalization;
using CityBrain.Cases;
using CityBrain.Rehearsal.Play;

namespace CityBrain.Rehearsal.Show;

/// <summary>Puts an ending into words. Pure.</summary>
internal static class Summary
{
    private const int MostDepartments = 8;
    private const int MostFaults = 10;

    /// <summary>The lines of the summary; the last says how many appeals are accounted for.</summary>
    public static IEnumerable<string> LinesOf(Ending ending) =>
    [
        .. TheCity(ending.Overview, ending.CityTime),
        .. Handling(ending),
        .. TheOddOnes(ending),
        .. TheMachine(ending),
        ending.CountersAgree ? "The counters of the cockpit agree with the cases." : "The counters of the cockpit DO NOT agree with the cases.",
        .. ending.Faults.Take(MostFaults).Select(fault => $"  row {fault.Key} {fault.Fault}"),
        .. ending.Faults.Skip(MostFaults).Take(1).Select(_ => $"  and {ending.Faults.Count - MostFaults} more"),
        Text($"{ending.Appeals.Count - ending.Faults.Count} of {ending.Appeals.Count} appeals of the sample accounted for"),
    ];

    private static IEnumerable<string> TheCity(OverviewSeen overview, DateTimeOffset cityTime)
    {
        var figures = overview.Figures;
        yield return Text($"The city on {cityTime:yyyy-MM-dd HH:mm}, as /api/overview and the cockpit show it");
        yield return Text($"  cases       {figures.Cases}: {figures.Appeals} appeals, {figures.Sensors} from sensors, {figures.Warnings} from warnings; {figures.Open} open, {figures.Overdue}{(figures.OverdueIsMore ? "+" : "")} of them overdue");
        yield return "  by state    " + string.Join(", ", overview.States.Where(state => state.Count > 0).Select(state => $"{state.State} {state.Count}"));
        yield return Text($"  closed      {figures.Closed}: {figures.Solved} solved, {figures.Unanswered} unanswered; {figures.InTime} in time, {figures.Late} late");
        yield return Text($"  to closing  median {figures.MedianHours:F1} h, 90 % within {figures.P90Hours:F1} h, mean {figures.MeanHours:F1} h, the reporter's answer included");
        yield return "";
    }

    private static IEnumerable<string> Handling(Ending ending)
    {
        var replied = ending.Appeals.Where(pair => pair.Found?.Reply is not null).Select(pair => (pair.Found!.Assignment!.Department, Hours: (pair.Found.Reply!.At - pair.Found.OccurredAt).TotalHours)).ToList();
        yield return "Hours from the appeal to the last reply";
        yield return $"  {"department",-34}{"cases",7}{"median",9}{"90 %",9}{"mean",9}";
        yield return Row("all", replied.Select(reply => reply.Hours));
        foreach (var department in replied.GroupBy(reply => reply.Department).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostDepartments))
        {
            yield return Row(department.Key, department.Select(reply => reply.Hours));
        }

        var late = Statistics.Of(ending.Score.ReplyLateness.Select(lateness => lateness.TotalMinutes));
        yield return Text($"  first replies came {late.Median:F0} city minutes (median; 90 %: {late.P90:F0}) after the real ones");
        yield return "";
    }

    private static string Row(string name, IEnumerable<double> hours) =>
        Statistics.Of(hours) is var all ? Text($"  {name,-34}{all.Count,7}{all.Median,9:F1}{all.P90,9:F1}{all.Mean,9:F1}") : "";

    private static IEnumerable<string> TheOddOnes(Ending ending)
    {
        var (score, cases) = (ending.Score, ending.Appeals.Select(pair => pair.Found).OfType<CaseSeen>().ToList());
        yield return Text($"Reopened {cases.Count(found => found.Reopens > 0)}, returned {cases.Count(found => found.Returns > 0)}, never closed {cases.Count(found => !CaseTransitions.IsEnd(found.Status))}, sent twice and found again {score.AppealsRepeated}");
        yield return Text($"Sensors: {score.ReadingsSent} readings, {ending.UnaskedCases.Count} cases that nobody asked for: {string.Join(", ", ending.UnaskedCases.Select(seen => $"{seen.Origin.SourceId} {seen.Status}"))}");
        yield return Text($"Moves: {score.Moves}");
        yield return "Notices read: " + string.Join(", ", score.Notices.Values.CountBy(kind => kind).OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Key} {kind.Value}"));
        yield return Text($"Wrong appeals: {score.Refusals.Total}, answered {score.Refusals}");
        yield return Text($"Wrong events: {score.WrongEvents.Total}, expected {score.WrongEvents}");
        yield return Text($"Dead letters: {(ending.DeadLetters.Total == 0 ? "none" : ending.DeadLetters)}");
        yield return "";
    }

    private static IEnumerable<string> TheMachine(Ending ending)
    {
        var (score, post) = (ending.Score, Statistics.Of(ending.Score.AppealMilliseconds));
        yield return Text($"Played in {ending.PlayTime.TotalSeconds:F0} s: {score.Requests} HTTP requests, {score.Requests / ending.PlayTime.TotalSeconds:F0}/s; POST /api/appeals p50 {post.Median:F1} ms, p99 {post.P99:F1} ms, durable on disk");
        yield return Text($"Moves that met a changed case and were thought over: {(score.Conflicts.Total == 0 ? "none" : score.Conflicts)}");
        yield return Text($"Surprises: {(score.Surprises.Total == 0 ? "none" : score.Surprises)}");
        yield return "";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
