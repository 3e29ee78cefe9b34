namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Reads events one by one. What cannot be read is told to the reader instead of thrown at it, so that one bad event
/// never makes an orchestration deaf to all that follow.
/// </summary>
internal static class EventReading
{
    /// <summary>The next event of a name, or why it cannot be read.</summary>
    public static async Task<(T? Value, string Problem)> NextEventAsync<T>(this TaskOrchestrationContext context, string name)
        where T : class
    {
        var arrives = context.WaitForExternalEvent<T?>(name);
        try
        {
            return await arrives is { } value ? (value, "") : (null, "it is empty");
        }
        catch (Exception unreadable) when (unreadable is not OperationCanceledException)
        {
            return (null, unreadable.Message);
        }
    }
}
