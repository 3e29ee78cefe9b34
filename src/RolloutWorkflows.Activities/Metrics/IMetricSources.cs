namespace RolloutWorkflows.Activities;

/// <summary>The metric sources that the host's configuration names, and the built-in one.</summary>
public interface IMetricSources
{
    /// <summary>The names of the configuration, in order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The source of that name, or null.</summary>
    IMetricSource? Find(string name);
}
