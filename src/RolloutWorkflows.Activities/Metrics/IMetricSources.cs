namespace RolloutWorkflows.Activities;

/// <summary>The metric sources that the host's configuration names.</summary>
public interface IMetricSources
{
    /// <summary>The names, in order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The source of that name, or null.</summary>
    IMetricSource? Find(string name);
}
