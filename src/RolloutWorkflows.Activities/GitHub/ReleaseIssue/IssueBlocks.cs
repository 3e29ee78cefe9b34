namespace RolloutWorkflows.Activities;

/// <summary>
/// Where a run's block stands in a body that people may have edited: moved, duplicated or half deleted. Pure. A block that
/// lost one of its two ends reaches to its outermost box; text of which nobody can say any more whose it was is people's.
/// </summary>
internal static class IssueBlocks
{
    /// <summary>The spans of the run's block, in order; several where it was duplicated, none where there is none.</summary>
    public static IReadOnlyList<Range> Find(string runId, string body)
    {
        var whole = Whole(runId, body);
        if (whole.Count > 0) return whole;
        return Rest(runId, body) is { } rest ? [rest] : [];
    }

    /// <summary>The lines of a text with their positions, without their ends of line.</summary>
    public static IEnumerable<(int Start, string Text)> LinesOf(string body, Range span)
    {
        var (start, length) = span.GetOffsetAndLength(body.Length);
        var end = start + length;
        while (start < end)
        {
            var next = body.IndexOf('\n', start, end - start);
            var stop = next < 0 ? end : next;
            yield return (start, body[start..stop].TrimEnd('\r'));
            start = next < 0 ? end : next + 1;
        }
    }

    private static List<Range> Whole(string runId, string body)
    {
        var (begin, end) = (IssueTags.Begin(runId), IssueTags.End(runId));
        var found = new List<Range>();
        var from = 0;
        while (body.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var close)
        {
            // The nearest beginning before it: an earlier one may be somebody's quotation.
            var open = close > from ? body.LastIndexOf(begin, close - 1, close - from, StringComparison.Ordinal) : -1;
            var stop = close + end.Length;
            if (open >= 0 && !HoldsAnother(body[(open + begin.Length)..close])) found.Add(open..stop);
            from = stop;
        }

        return found;
    }

    /// <summary>Another run's block may have been moved between our ends; what is not ours alone is left alone.</summary>
    private static bool HoldsAnother(string inner) => inner.Contains(IssueTags.AnyBegin, StringComparison.Ordinal);

    private static Range? Rest(string runId, string body)
    {
        var (begin, end) = (IssueTags.Begin(runId), IssueTags.End(runId));
        var open = body.LastIndexOf(begin, StringComparison.Ordinal);
        if (open >= 0)
        {
            var limit = body.IndexOf(IssueTags.AnyBegin, open + begin.Length, StringComparison.Ordinal);
            var boxes = Boxes(body, open..(limit < 0 ? body.Length : limit));
            return open..(boxes.Count == 0 ? open + begin.Length : boxes[^1].End);
        }

        var close = body.IndexOf(end, StringComparison.Ordinal);
        if (close < 0) return null;
        var earlier = close > 0 ? body.LastIndexOf("<!-- rollout:end ", close - 1, StringComparison.Ordinal) : -1;
        var left = Boxes(body, (earlier < 0 ? 0 : earlier)..close);
        return (left.Count == 0 ? close : left[0].Start)..(close + end.Length);
    }

    private static List<(int Start, int End)> Boxes(string body, Range span) =>
        [.. LinesOf(body, span).Where(line => IssueBox.Read(line.Text) is not null).Select(line => (line.Start, line.Start + line.Text.Length))];
}
