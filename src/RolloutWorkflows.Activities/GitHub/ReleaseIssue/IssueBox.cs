using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>
/// A box of the release issue by what it stands for, so that it is found again wherever it was moved within the block. Its
/// tag is written and read here alone; names are encoded in it, so that none can end a tag early.
/// </summary>
public sealed partial record IssueBox
{
    private IssueBox(string stage, string? part, string? name) => (Stage, Part, Name) = (stage, part, name);

    public string Stage { get; }

    /// <summary>For a machine's box: the part of the stage, such as <c>ready</c> or <c>steps</c>; null otherwise.</summary>
    public string? Part { get; }

    /// <summary>The question that a tick answers, as <see cref="Orchestrations.OpenApproval.Name"/> names it, or the id of the machine's step; null for the stage's own box.</summary>
    public string? Name { get; }

    /// <summary>True where a tick is a person's answer; every other box is the machine's.</summary>
    public bool IsForPeople => Part is null && Name is not null;

    /// <summary>The hidden mark at the end of the box's line.</summary>
    public string Tag => Name is null ? $"<!-- rollout:stage={Encode(Stage)} -->"
        : Part is null ? $"<!-- rollout:box={Encode(Stage)}/{Encode(Name)} -->"
        : $"<!-- rollout:box={Encode(Stage)}/{Encode(Part)}/{Encode(Name)} -->";

    /// <summary>The box by which people answer a question of that stage and name.</summary>
    public static IssueBox OfQuestion(string stage, string name) => new(stage, null, name);

    /// <summary>The box of a step or check that the machine carries out.</summary>
    public static IssueBox OfStep(string stage, string part, string step) => new(stage, part, step);

    /// <summary>The box that is ticked when the stage is promoted.</summary>
    public static IssueBox OfStage(string stage) => new(stage, null, null);

    /// <summary>The box of a line and whether it is ticked; null where the line is none.</summary>
    public static (IssueBox Box, bool Ticked)? Read(string line)
    {
        var match = Line().Match(line);
        if (!match.Success) return null;
        var names = match.Groups["key"].Value.Split('/').Select(Uri.UnescapeDataString).ToArray();
        var box = (match.Groups["kind"].Value, names.Length) switch
        {
            ("stage", 1) => OfStage(names[0]),
            ("box", 2) => OfQuestion(names[0], names[1]),
            ("box", 3) => OfStep(names[0], names[1], names[2]),
            _ => null,
        };
        return box is null ? null : (box, match.Groups["mark"].ValueSpan is not " ");
    }

    public override string ToString() => string.Join('/', new[] { Stage, Part, Name }.Where(part => part is not null));

    /// <summary>A comment of HTML may hold no two hyphens in a row.</summary>
    private static string Encode(string name) => Uri.EscapeDataString(name).Replace("--", "-%2D", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*[-*+] \[(?<mark>[ xX])\] .*<!-- rollout:(?<kind>box|stage)=(?<key>[^\s/<>]+(?:/[^\s/<>]+){0,2}) -->\s*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Line();
}
