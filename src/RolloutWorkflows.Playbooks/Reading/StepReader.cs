namespace RolloutWorkflows.Playbooks.Reading;

/// <summary>Reads steps and checks.</summary>
internal static class StepReader
{
    /// <summary>
    /// Reads a list of steps. Ids that are not stated come from the kind and the position; those of lists other than
    /// <c>steps</c> carry the list's name, so that they stay unique in the stage.
    /// </summary>
    public static IReadOnlyList<Step> Read(Fields owner, string list, string idPrefix = "") =>
        owner.List(list, (fields, index) => Read(fields, $"{idPrefix}{fields.RequiredText("uses").Replace('/', '-')}-{index + 1}"));

    private static Step Read(Fields fields, string derivedId) => new()
    {
        Id = fields.Text("id") ?? derivedId,
        Uses = fields.RequiredText("uses"),
        With = fields.With(),
        If = fields.Text("if"),
        ForEach = fields.Json("forEach"),
        Retry = fields.Object("retry", ReadRetry),
        Timeout = fields.Duration("timeout"),
        ContinueOnError = fields.Boolean("continueOnError"),
        Surface = fields.Text("surface"),
        Undo = fields.Object("undo", undo => new StepCall { Uses = undo.RequiredText("uses"), With = undo.With() }),
        Irreversible = fields.Boolean("irreversible"),
        RollbackTo = fields.Json("rollbackTo"),
    };

    private static StepRetry ReadRetry(Fields fields) => new()
    {
        MaxAttempts = fields.Integer("maxAttempts") ?? 0,
        Interval = fields.Duration("interval") ?? default,
        Backoff = fields.Number("backoff") ?? default,
        Timeout = fields.Duration("timeout"),
    };
}
