using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Playbooks;

/// <summary>One reference, as it stands between <c>${{</c> and <c>}}</c> or in an <c>if</c>.</summary>
public sealed partial record ExpressionReference
{
    private static readonly string[] Roots = ["inputs", "steps", "run", "secrets", "item"];

    public required ReferenceKind Kind { get; init; }

    /// <summary>The step whose output is meant; null for other kinds.</summary>
    public string? Step { get; init; }

    /// <summary>The name of the input, output, run value or secret; empty for <c>item</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Reads a reference; where it is none, <paramref name="error"/> says what was expected.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ExpressionReference? reference, [NotNullWhen(false)] out string? error)
    {
        (reference, error) = (null, null);
        var match = Shape().Match(text);
        if (match.Success)
        {
            reference = From(match);
            return true;
        }

        var root = text.Split('.', ' ')[0];
        var advice = Roots.Contains(root) ? "" : Suggestion.For(root, Roots);
        error = $"'{text}' is no reference; expected inputs.NAME, steps.ID.outputs.NAME, run.NAME, item or secrets.NAME{advice}";
        return false;
    }

    public override string ToString() => Kind switch
    {
        ReferenceKind.Input => $"inputs.{Name}",
        ReferenceKind.Output => $"steps.{Step}.outputs.{Name}",
        ReferenceKind.Run => $"run.{Name}",
        ReferenceKind.Secret => $"secrets.{Name}",
        _ => "item",
    };

    private static ExpressionReference From(Match match) => match.Groups["root"].Value switch
    {
        "inputs" => new() { Kind = ReferenceKind.Input, Name = match.Groups["name"].Value },
        "run" => new() { Kind = ReferenceKind.Run, Name = match.Groups["name"].Value },
        "secrets" => new() { Kind = ReferenceKind.Secret, Name = match.Groups["name"].Value },
        "steps" => new() { Kind = ReferenceKind.Output, Step = match.Groups["step"].Value, Name = match.Groups["name"].Value },
        _ => new() { Kind = ReferenceKind.Item },
    };

    [GeneratedRegex(@"^(?:(?<root>inputs|run|secrets)\.(?<name>[A-Za-z_][A-Za-z0-9_-]*)|(?<root>steps)\.(?<step>[A-Za-z0-9_][A-Za-z0-9_-]*)\.outputs\.(?<name>[A-Za-z_][A-Za-z0-9_-]*)|(?<root>item))\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
