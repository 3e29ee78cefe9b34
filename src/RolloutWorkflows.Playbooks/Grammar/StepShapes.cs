namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>Steps, checks and what they hold.</summary>
internal static class StepShapes
{
    public static readonly Shape Retry = new(
        "a retry",
        "How often a step that Errored is tried again; one that Failed gave an answer and is not.",
        new Key("maxAttempts", Forms.Integer(1, 100), "Tries in all, the first included.") { Default = "3" },
        new Key("interval", Forms.Duration, "Wait before the second try.") { Default = "10s" },
        new Key("backoff", Forms.NumberFrom(1), "Factor on the wait from try to try.") { Default = "2" },
        new Key("timeout", Forms.Duration, "No further try starts after this long."));

    public static readonly Shape Call = new(
        "an undo",
        "The inverse of an effect that has no built-in one.",
        new Key("uses", Forms.Text, "The step kind.") { Required = true },
        new Key("with", Forms.With, "The kind's configuration."));

    public static readonly Shape Step = new(
        "a step",
        "One use of a step kind: an action with an effect, or a check with a verdict.",
        new Key("id", Forms.Identifier, "Names the step for ${{ steps.ID.outputs.NAME }}; default the kind and its position, such as flag-rollout-1."),
        new Key("uses", Forms.Text, "The step kind, such as flag/rollout.") { Required = true },
        new Key("with", Forms.With, "The kind's configuration."),
        new Key("if", Forms.If, "Skips the step where it is false; inputs, outputs and run values, without ${{ }}."),
        new Key("forEach", new EitherForm([new ListForm(Forms.AnyWithExpressions), Forms.Expression]), "Repeats a check over a list; ${{ item }} is the current one."),
        new Key("retry", Forms.Object(Retry), "How often an Errored try is repeated."),
        new Key("timeout", Forms.Duration, "How long one try may take; default the kind's own limit."),
        new Key("continueOnError", Forms.Boolean, "Go on even where the step Failed or Errored.") { Default = "false" },
        new Key("surface", Forms.Label, "The one surface that the step moves."),
        new Key("undo", Forms.Object(Call), "The inverse of an effect that has no built-in one."),
        new Key("irreversible", Forms.Boolean, "Says that a rollback leaves the effect in place.") { Default = "false" },
        new Key("rollbackTo", Forms.AnyWithExpressions, "What a rollback restores instead of the value found before the effect."))
    {
        AtMostOne = [["undo", "irreversible"]],
    };
}
