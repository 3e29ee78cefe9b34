namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>
/// One playbook and the problems it must give, from a file under <c>Cases</c>: <c>### title</c>, the YAML, <c>--- gives</c>
/// and the problems. YAML that does not start a document of its own stands under <c>spec:</c>, from line 5 on, and gets
/// a harmless stage where it has none.
/// </summary>
internal sealed record MalformedCase(string Title, string Yaml, IReadOnlyList<string> Expected)
{
    private const string Head = "apiVersion: rolloutworkflows/v1\nkind: Playbook\nmetadata: { name: case }\nspec:\n";
    private const string Stage = "  stages: [ { name: one, steps: [ { uses: flag/set, with: { flag: a, value: true } } ] } ]\n";

    public static readonly string Folder = Repository.PathOf("tests", "RolloutWorkflows.Playbooks.Tests", "Validation", "Cases");

    public string Document
    {
        get
        {
            if (Yaml.StartsWith("apiVersion", StringComparison.Ordinal) || Yaml.StartsWith("%raw\n", StringComparison.Ordinal)) return Yaml.Replace("%raw\n", "", StringComparison.Ordinal);
            var body = string.Concat(Yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"  {line}\n"));
            return Head + body + (Yaml.Contains("stages:", StringComparison.Ordinal) ? "" : Stage);
        }
    }

    public static IEnumerable<MalformedCase> Read(string file) =>
        File.ReadAllText(Path.Combine(Folder, file)).Split("### ", StringSplitOptions.RemoveEmptyEntries).Select(Parse);

    public static string Write(IEnumerable<MalformedCase> cases) =>
        string.Join("\n", cases.Select(each => $"### {each.Title}\n{each.Yaml}--- gives\n{string.Concat(each.Expected.Select(line => line + "\n"))}"));

    private static MalformedCase Parse(string text)
    {
        var title = text[..text.IndexOf('\n', StringComparison.Ordinal)];
        var parts = text[(title.Length + 1)..].Split("--- gives\n");
        return new MalformedCase(title, parts[0], parts.Length > 1 ? parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries) : []);
    }
}
