namespace RolloutWorkflows.DurableTask;

/// <summary>How an orchestration continues as a new execution.</summary>
public class ContinueAsNewOptions
{
    /// <summary>Input of the new execution.</summary>
    public object? NewInput { get; set; }

    /// <summary>Whether events that nobody has received yet go over to the new execution. Default: yes.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;

    /// <summary>Version of the new execution; <see langword="null"/> keeps the present one.</summary>
    public string? NewVersion { get; set; }
}
