using System.Text.Json;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Host.Tests.Hostile;

/// <summary>
/// One row of <c>bad-requests.txt</c>: <c>### title</c>, who sends what (<c>ada POST /path</c>), headers, a body, and
/// after <c>--- gives</c> the status, the code, the detail and the problems. <c>{run}</c> and <c>{approval}</c> are those of
/// the live run, <c>{x*2001}</c> is a text of so many x.
/// </summary>
internal sealed partial record BadRequest(string Title, string Text, string Answer)
{
    private static readonly string File = Repository.PathOf("tests", "RolloutWorkflows.Host.Tests", "Hostile", "bad-requests.txt");

    private string run = "";
    private string approval = "";

    public string Who => Lines[0].Split(' ')[0];

    public string Method => Lines[0].Split(' ')[1];

    public string Path => Filled(Lines[0].Split(' ', 3)[2]);

    public IEnumerable<(string Name, string Value)> Headers => Lines.Skip(1).TakeWhile(IsHeader).Select(line => line.Split(": ", 2)).Select(parts => (parts[0], Filled(parts[1])));

    public string? Body => Lines.Skip(1).SkipWhile(IsHeader).ToList() is { Count: > 0 } lines ? Filled(string.Join('\n', lines)) : null;

    public int Status => int.Parse(Answer[..3], System.Globalization.CultureInfo.InvariantCulture);

    public string Code => Answer.Split('\n')[0][4..];

    private List<string> Lines => [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public static IReadOnlyList<BadRequest> Read(string run, string approval) =>
        [.. System.IO.File.ReadAllText(File).Split("### ", StringSplitOptions.RemoveEmptyEntries).Select(text => Parse(text) with { run = run, approval = approval })];

    public static void Write(IEnumerable<BadRequest> rows) =>
        System.IO.File.WriteAllText(File, string.Join("\n", rows.Select(row => $"### {row.Title}\n{row.Text}--- gives\n{row.Answer}\n")));

    /// <summary>An answer as the table holds it: without what differs from run to run.</summary>
    public string Describe(int status, string body, RunningHost host)
    {
        if (status < 400) return $"{status} taken";
        var problem = JsonSerializer.Deserialize<ApiProblem>(body, ApiJson.Options)!;
        var text = string.Join('\n', [$"{status} {problem.Code}", problem.Detail, .. problem.Problems ?? []]);
        text = text.Replace(approval, "{approval}", StringComparison.Ordinal).Replace(run, "{run}", StringComparison.Ordinal)
            .Replace(host.Folder.Path, "{root}", StringComparison.Ordinal);
        text = Control().Replace(Moment().Replace(text, "{moment}"), match => $"{{U+{(int)match.Value[0]:X4}}}");
        return Long().Replace(text, match => $"{{x*{match.Length}}}");
    }

    private static BadRequest Parse(string text)
    {
        var title = text[..text.IndexOf('\n', StringComparison.Ordinal)];
        var parts = text[(title.Length + 1)..].Split("--- gives\n");
        return new BadRequest(title, parts[0], parts.Length > 1 ? parts[1].TrimEnd() : "");
    }

    private static bool IsHeader(string line) => Header().IsMatch(line);

    private string Filled(string text) =>
        Repeated().Replace(text.Replace("{run}", run, StringComparison.Ordinal).Replace("{approval}", approval, StringComparison.Ordinal), match => string.Concat(Enumerable.Repeat(match.Groups[1].Value, int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture))));

    [GeneratedRegex("^[A-Za-z-]+: ")]
    private static partial Regex Header();

    [GeneratedRegex(@"\{(.)\*(\d+)\}")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")]
    private static partial Regex Moment();

    [GeneratedRegex(@"[\x00-\x09\x0b-\x1f\x7f-\x9f]")]
    private static partial Regex Control();

    [GeneratedRegex("x{50,}")]
    private static partial Regex Long();
}
