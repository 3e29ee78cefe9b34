namespace RolloutWorkflows.Cli;

/// <summary>Shows a run while it moves.</summary>
internal interface IRunView
{
    /// <summary>Shows every moment of the feed until one fulfils the condition, and returns that one.</summary>
    Task<RunMoment> ShowUntilAsync(RunFeed feed, Func<RunMoment, bool> until, CancellationToken cancellation);
}
