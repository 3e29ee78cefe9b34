namespace RolloutWorkflows.Playbooks;

/// <summary>Days of the week as playbooks write them: <c>mon-thu</c>, <c>sat,sun</c>, <c>fri-mon</c>.</summary>
internal static class WindowDays
{
    public static readonly IReadOnlySet<DayOfWeek> All = Enum.GetValues<DayOfWeek>().ToHashSet();

    /// <summary>From Monday on, so that a range such as fri-mon runs over the week's end.</summary>
    private static readonly string[] Names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static bool TryParse(string text, out IReadOnlySet<DayOfWeek> days)
    {
        var found = new HashSet<DayOfWeek>();
        days = found;
        foreach (var part in text.Split(','))
        {
            var ends = part.Trim().ToLowerInvariant().Split('-');
            var first = Array.IndexOf(Names, ends[0].Trim());
            var last = Array.IndexOf(Names, ends[^1].Trim());
            if (ends.Length > 2 || first < 0 || last < 0) return false;
            for (var i = first; ; i = (i + 1) % 7)
            {
                found.Add((DayOfWeek)((i + 1) % 7));
                if (i == last) break;
            }
        }

        return true;
    }
}
