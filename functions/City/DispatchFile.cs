namespace CityBrain.City;

/// <summary>Reads <c>dispatch.json</c>.</summary>
internal static class DispatchFile
{
    private const int LongestDays = 366;

    public static DispatchPolicy Load(string folder)
    {
        var file = new CityFile(folder, "dispatch.json");
        var policy = file.Read<DispatchPolicy>();
        foreach (var (place, reasons) in new[] { ("returnReasons", policy.ReturnReasons), ("pauseReasons", policy.PauseReasons) })
        {
            file.Require(reasons.Count > 0, place, "the list is empty; write at least one reason.");
            file.RequireUnique(reasons, reason => reason, reason => $"{place}, '{reason}'");
            foreach (var reason in reasons)
            {
                file.RequireId(reason, place);
            }
        }

        file.Require(policy.PauseCapDays is >= 1 and <= LongestDays, "pauseCapDays", $"{policy.PauseCapDays} is no cap; write 1 to {LongestDays} days.");
        file.Require(policy.UnapprovedPauseDays >= 0 && policy.UnapprovedPauseDays <= policy.PauseCapDays, "unapprovedPauseDays", $"{policy.UnapprovedPauseDays} is out of range; write 0 to pauseCapDays.");
        file.Require(policy.ExtensionCapDays is > 0 and <= LongestDays, "extensionCapDays", $"{policy.ExtensionCapDays} is no cap; write more than 0, at most {LongestDays} working days.");
        file.Require(policy.ReopenCap >= 1, "reopenCap", $"{policy.ReopenCap} is no cap; write at least 1.");
        file.Require(policy.Burden.OpenTasks is >= 1 and <= 1000, "burden.openTasks", $"{policy.Burden.OpenTasks} is no cap; write 1 to 1000 tasks.");
        file.Require(policy.Burden.FormsPerMonth is >= 0 and <= 100, "burden.formsPerMonth", $"{policy.Burden.FormsPerMonth} is no cap; write 0 to 100 forms.");
        foreach (var (place, limit) in new[]
        {
            ("returnWindow", policy.ReturnWindow), ("acknowledge", policy.Acknowledge), ("bypassReview", policy.BypassReview), ("replyReview", policy.ReplyReview), ("whistle.sign", policy.Whistle.Sign),
            ("whistle.contact", policy.Whistle.Contact), ("whistle.arrive", policy.Whistle.Arrive), ("whistle.arriveHard", policy.Whistle.ArriveHard),
        })
        {
            file.Require(limit.Length > TimeSpan.Zero, place, "the limit is zero; write for example \"2 working days\".");
        }

        return policy;
    }
}
