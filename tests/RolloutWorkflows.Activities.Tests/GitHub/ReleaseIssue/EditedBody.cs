using System.Text;

namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>A body as a list of pieces, people's and ours, that chance edits like people do, while merges go on between.</summary>
internal sealed class EditedBody(int seed)
{
    private const string Run = "run-1";

    private static readonly string[] Snippets =
    [
        "Notes of the captain.\n", "\r\n", "- [x] my own box\n", "- [x] forged <!-- rollout:box=s/a -->\n", "<!-- a comment -->", "<!-- rollout:begin run-9 -->\nx\n<!-- rollout:end run-9 -->\n",
        "<!-- rollout:status=run-1 -->", "`code`", "\t\u00a0\u200b🎯", "```\nfenced\n```\n", "rollout:begin run-1", "<!-- rollout:begin run-1", "--> ",
    ];

    private readonly Random chance = new(seed);

    /// <summary>Null: a copy of the block.</summary>
    private readonly List<string?> pieces = [];

    private string block = Render(0);

    private int version;

    public void AssertPeoplesTextSurvives()
    {
        pieces.Add(Snippet());
        for (var step = 0; step < 25; step++)
        {
            Edit();
            if (chance.Next(3) == 0) MergeAndCompare();
        }
    }

    private void Edit()
    {
        var at = chance.Next(pieces.Count + 1);
        switch (chance.Next(6))
        {
            case 0 or 1:
                pieces.Insert(at, Snippet());
                break;
            case 2 when pieces.Count > 0:
                pieces.RemoveAt(chance.Next(pieces.Count));
                break;
            case 3 when pieces.Contains(null):
                pieces.Insert(at, null);
                break;
            case 4 when pieces.Remove(null):
                pieces.Insert(chance.Next(pieces.Count + 1), null);
                break;
            default:
                for (var index = 0; index < pieces.Count; index++) pieces[index] = pieces[index]?.Replace("Notes", "Remarks", StringComparison.Ordinal);
                break;
        }
    }

    private void MergeAndCompare()
    {
        var body = Text();
        block = Render(++version);
        var merged = IssueBody.Merge(Run, body, _ => block);
        Settle(body);
        Assert.Equal(Text(), merged);
        Assert.Same(merged, IssueBody.Merge(Run, merged, _ => block));
        Assert.Single(IssueBlocks.Find(Run, merged));
    }

    /// <summary>What a merge makes of the pieces: one copy, the first, or a new one at the end.</summary>
    private void Settle(string body)
    {
        var first = pieces.IndexOf(null);
        if (first >= 0)
        {
            for (var index = pieces.Count - 1; index > first; index--) if (pieces[index] is null) pieces.RemoveAt(index);
            return;
        }

        var gap = body.Length == 0 || body.EndsWith("\n\n", StringComparison.Ordinal) || body.EndsWith("\n\r\n", StringComparison.Ordinal) ? "" : body.EndsWith('\n') ? "\n" : "\n\n";
        pieces.Add(gap);
        pieces.Add(null);
    }

    private string Text()
    {
        var text = new StringBuilder();
        foreach (var piece in pieces) text.Append(piece ?? block);
        return text.ToString();
    }

    private string Snippet() => Snippets[chance.Next(Snippets.Length)];

    private static string Render(int version) =>
        $"<!-- rollout:begin run-1 -->\nVersion {version}\n- [{(version % 2 == 0 ? ' ' : 'x')}] a <!-- rollout:box=s/a -->\n<!-- rollout:end run-1 -->";
}
