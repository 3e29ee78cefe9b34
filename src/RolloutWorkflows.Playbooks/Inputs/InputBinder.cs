using System.Text.Json;
using RolloutWorkflows.Playbooks.Inputs;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Playbooks;

/// <summary>Holds the inputs of a run against what the playbook declares, and fills in defaults. Pure.</summary>
public static class InputBinder
{
    /// <summary>The file name in problems of inputs, which stand in no file.</summary>
    public const string ProblemFile = "inputs";

    /// <summary>Binds what was given; reports all problems, never only the first.</summary>
    public static InputBinding Bind(Playbook playbook, IReadOnlyDictionary<string, JsonElement> given)
    {
        var problems = new List<Problem>();
        var values = new Dictionary<string, JsonElement>();
        foreach (var name in given.Keys.Where(name => !playbook.Inputs.ContainsKey(name)))
        {
            problems.Add(About(name, ProblemCodes.UnknownInputGiven, $"unknown input '{name}'; {Wording.Known(playbook.Inputs.Keys)}{Suggestion.For(name, playbook.Inputs.Keys)}"));
        }

        foreach (var (name, definition) in playbook.Inputs)
        {
            if (given.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)) values[name] = value;
            else if (definition.Default is { } standard) values[name] = standard;
            else problems.Add(About(name, ProblemCodes.InputMissing, $"input '{name}' is missing; expected {InputValues.Expectation(definition)}"));
        }

        foreach (var (name, value) in values)
        {
            problems.AddRange(InputValues.Check(playbook.Inputs[name], value).Select(text => About(name, ProblemCodes.InvalidInput, $"input '{name}' {text}")));
        }

        return new InputBinding
        {
            Values = problems.Count == 0 ? values : null,
            Problems = [.. problems.OrderBy(problem => problem.Path, StringComparer.Ordinal)],
        };
    }

    /// <summary>
    /// Reads a text from a command line by the input's type: <c>5</c> for a number, <c>a,b</c> or a JSON array for a list.
    /// A text that does not fit stays a text, and binding says what is wrong with it.
    /// </summary>
    public static JsonElement FromText(InputDefinition definition, string text) => InputValues.FromText(definition, text);

    private static Problem About(string name, ProblemCode code, string message) => new()
    {
        Code = code.Code,
        Severity = code.Severity,
        File = ProblemFile,
        Path = $"inputs.{name}",
        Message = message,
    };
}
