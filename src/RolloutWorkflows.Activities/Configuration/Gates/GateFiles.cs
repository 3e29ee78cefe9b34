namespace RolloutWorkflows.Activities;

/// <summary>The files that a step's <c>file</c> stands for where it has the placeholders <c>{node}</c> and <c>{environment}</c>. Pure.</summary>
public static class GateFiles
{
    internal const string Node = "{node}";

    /// <summary>The files, as far as the placeholders' values are given: none where it asks for nodes and there are none.</summary>
    public static IReadOnlyList<string> Of(string file, string? environment, IReadOnlyList<string> nodes)
    {
        var named = InEnvironment(file, environment);
        return named.Contains(Node, StringComparison.Ordinal) ? [.. nodes.Select(node => named.Replace(Node, node, StringComparison.Ordinal))] : [named];
    }

    internal static string InEnvironment(string text, string? environment) => environment is null ? text : text.Replace("{environment}", environment, StringComparison.Ordinal);
}
