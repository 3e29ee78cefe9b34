using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The body of a release issue: a run's block, written by us, and around it whatever people write, which survives byte for
/// byte. Pure; knows nothing of GitHub.
/// </summary>
public static class IssueBody
{
    /// <summary>GitHub takes no longer body or comment. Counted in UTF-16 units, which are never fewer than GitHub's characters.</summary>
    public const int MostCharacters = 65_536;

    /// <summary>
    /// The boxes of a run's block and whether they are ticked. Boxes outside the block are nobody's. One that stands there
    /// several times, since people copied it, counts as ticked where one of its copies is.
    /// </summary>
    public static IReadOnlyDictionary<IssueBox, bool> Parse(string runId, string? body)
    {
        var boxes = new Dictionary<IssueBox, bool>();
        foreach (var span in IssueBlocks.Find(runId, body ?? ""))
        {
            foreach (var (_, line) in IssueBlocks.LinesOf(body!, span))
            {
                if (IssueBox.Read(line) is var (box, ticked)) boxes[box] = ticked || boxes.GetValueOrDefault(box);
            }
        }

        return boxes;
    }

    /// <summary>
    /// Which boxes of a run's block were ticked or unticked between two bodies, in the order of the later one. A box that
    /// only one of them shows was not ticked by anybody: it was written, copied or deleted.
    /// </summary>
    public static IReadOnlyList<IssueTick> Differences(string runId, string? from, string? to)
    {
        var before = Parse(runId, from);
        return [.. Parse(runId, to).Where(now => before.TryGetValue(now.Key, out var was) && was != now.Value).Select(now => new IssueTick(now.Key, now.Value))];
    }

    /// <summary>The run's block as it stands, ends of line as we write them; null where there is none. Of several the first.</summary>
    public static string? BlockOf(string runId, string? body) =>
        IssueBlocks.Find(runId, body ?? "") is [var span, ..] ? body![span].Replace("\r\n", "\n", StringComparison.Ordinal) : null;

    /// <summary>
    /// The body with the run's block brought to what it is now: in its place, or at the end where there is none. Copies of it
    /// are taken out. Everything else stays as it is.
    /// </summary>
    /// <param name="runId">Whose block.</param>
    /// <param name="body">The body as it stands; null: empty.</param>
    /// <param name="render">Renders the block, its two tags included, in at most so many characters; empty where that is too few, and then the body loses its block rather than people's text.</param>
    public static string Merge(string runId, string? body, Func<int, string> render)
    {
        body ??= "";
        var spans = IssueBlocks.Find(runId, body);
        var merged = new StringBuilder();
        var from = 0;
        var at = -1;
        foreach (var span in spans)
        {
            merged.Append(body, from, span.Start.Value - from);
            if (at < 0) at = merged.Length;
            from = span.End.Value;
        }

        merged.Append(body, from, body.Length - from);
        if (at < 0)
        {
            merged.Append(Gap(body));
            at = merged.Length;
        }

        var block = render(MostCharacters - merged.Length);
        if (spans.Count == 1 && BlockOf(runId, body) == block) return body;
        return spans.Count == 0 && block.Length == 0 ? body : merged.Insert(at, block).ToString();
    }

    /// <summary>An empty line between people's text and the block that is put behind it.</summary>
    private static string Gap(string body) =>
        body.Length == 0 || body.EndsWith("\n\n", StringComparison.Ordinal) || body.EndsWith("\n\r\n", StringComparison.Ordinal) ? ""
        : body.EndsWith('\n') ? "\n" : "\n\n";
}
