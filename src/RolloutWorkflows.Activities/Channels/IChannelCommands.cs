namespace RolloutWorkflows.Activities;

/// <summary>Brings what people say in channels to their runs. The run alone decides. Thread-safe.</summary>
public interface IChannelCommands
{
    /// <summary>
    /// Finds who it was among the run's people and asks the run. Whoever it does not know is told so, and the attempt stands in
    /// the run's record. The same command id twice acts once and gets the same answer.
    /// </summary>
    Task<ChannelAnswer> SendAsync(ChannelCommand command, CancellationToken cancellation = default);
}
