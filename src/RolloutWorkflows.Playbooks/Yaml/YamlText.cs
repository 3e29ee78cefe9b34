using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks;

/// <summary>Reads YAML that is no playbook, within the same limits: 1 MiB, 64 levels, 100 aliases, no tags, one document. Pure.</summary>
public static class YamlText
{
    /// <summary>The document as JSON, with numbers and booleans typed; false where it cannot be read.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="value">The document.</param>
    /// <param name="problem">What is wrong and on which line.</param>
    public static bool TryRead(string text, out JsonElement value, [NotNullWhen(false)] out string? problem)
    {
        (value, problem) = (default, null);
        var problems = new ProblemList("");
        if (string.IsNullOrWhiteSpace(text)) problem = "it is empty";
        else if (YamlReader.Read(text, problems) is { } node && !problems.HasErrors) value = YamlValues.ToJson(node);
        else problem = Sentence(problems.InOrder()[0]);
        return problem is null;
    }

    private static string Sentence(Problem problem) =>
        problem.Code == ProblemCodes.SeveralDocuments.Code ? $"line {problem.Line}: a second document starts here" : $"line {problem.Line}: {problem.Message}";
}
