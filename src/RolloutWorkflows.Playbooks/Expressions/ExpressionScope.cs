using System.Text.Json;

namespace RolloutWorkflows.Playbooks;

/// <summary>What the expressions of a step can see at the moment at which it runs. Immutable.</summary>
public sealed record ExpressionScope
{
    /// <summary>
    /// The names that <c>run.NAME</c> accepts. <c>state</c> has a value in a rollback and in <c>finally</c>, <c>cause</c>
    /// (why it rolls back) in a rollback only; <c>reason</c> is why the run was started; <c>surface</c> is the one surface that
    /// a stage moves or a rollback takes back, and <c>all</c> where it is every one.
    /// </summary>
    public static readonly IReadOnlyList<string> RunNames =
        ["id", "playbook", "title", "stage", "attempt", "startedBy", "startedAt", "state", "reason", "cause", "surface"];

    /// <summary>The run's inputs after <see cref="InputBinder"/>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Step id to the step's outputs: of the same stage, and of stages promoted earlier.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Outputs { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, JsonElement>>();

    /// <summary>Values for <see cref="RunNames"/>; a name without a value cannot be referenced yet.</summary>
    public IReadOnlyDictionary<string, JsonElement> Run { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The current item of <c>forEach</c>, where there is one.</summary>
    public JsonElement? Item { get; init; }

    /// <summary>The value of a reference such as <c>inputs.flag</c>, or an <see cref="ExpressionException"/> that lists what is known.</summary>
    public JsonElement LookUp(ExpressionReference reference)
    {
        switch (reference.Kind)
        {
            case ReferenceKind.Input:
                return Find(Inputs, reference.Name, reference, "input");
            case ReferenceKind.Run:
                return Find(Run, reference.Name, reference, "value of run");
            case ReferenceKind.Output:
                var outputs = Find(Outputs, reference.Step!, reference, "step that has run");
                return Find(outputs, reference.Name, reference, $"output of step '{reference.Step}'");
            case ReferenceKind.Item:
                return Item ?? throw new ExpressionException($"'{reference}' has no value here; 'item' stands only in a step with forEach", reference.ToString());
            default:
                throw new ExpressionException($"'{reference}' cannot be read here; secrets are resolved only inside the activity that sends them", reference.ToString());
        }
    }

    private static T Find<T>(IReadOnlyDictionary<string, T> values, string name, ExpressionReference reference, string what) =>
        values.TryGetValue(name, out var value)
            ? value
            : throw new ExpressionException(
                $"'{reference}' has no value; unknown {what} '{name}'; known: {(values.Count == 0 ? "none" : string.Join(", ", values.Keys.Order(StringComparer.Ordinal)))}{Problems.Suggestion.For(name, values.Keys)}",
                reference.ToString());
}
