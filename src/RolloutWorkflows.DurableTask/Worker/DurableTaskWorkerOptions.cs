using RolloutWorkflows.DurableTask.Converters;

namespace RolloutWorkflows.DurableTask.Worker;

/// <summary>Settings of a worker.</summary>
public class DurableTaskWorkerOptions
{
    private DataConverter? _dataConverter;

    /// <summary>How an instance's version must match the worker's.</summary>
    public enum VersionMatchStrategy
    {
        /// <summary>Any version matches.</summary>
        None = 0,

        /// <summary>Only the same version matches.</summary>
        Strict = 1,

        /// <summary>The same and older versions match.</summary>
        CurrentOrOlder = 2,
    }

    /// <summary>What happens to an instance whose version does not match.</summary>
    public enum VersionFailureStrategy
    {
        /// <summary>It is parked until a matching worker runs and it is resumed.</summary>
        Reject = 0,

        /// <summary>It fails with the error type <c>VersionMismatch</c>.</summary>
        Fail = 1,
    }

    /// <summary>Serialises inputs and outputs. Default: the container's <see cref="DurableTask.DataConverter"/>, or JSON.</summary>
    public DataConverter DataConverter
    {
        get => _dataConverter ?? JsonDataConverter.Default;
        set => _dataConverter = value;
    }

    /// <summary>Kept for compatibility; entities are not supported.</summary>
    public bool EnableEntitySupport { get; set; }

    /// <summary>Longer timers are split into timers of this length. Default: never, since this engine needs no splitting.</summary>
    public TimeSpan MaximumTimerInterval { get; set; } = TimeSpan.MaxValue;

    /// <summary>How much runs at once.</summary>
    public ConcurrencyOptions Concurrency { get; } = new();

    /// <summary>Which versions the worker runs; <see langword="null"/> for all.</summary>
    public VersioningOptions? Versioning { get; set; }

    internal bool HasOwnDataConverter => _dataConverter is not null;

    /// <summary>How much runs at once.</summary>
    public class ConcurrencyOptions
    {
        /// <summary>Activities that run at once. Default: 100 per core.</summary>
        public int MaximumConcurrentActivityWorkItems { get; set; } = 100 * Environment.ProcessorCount;

        /// <summary>Kept for compatibility: turns never wait, so the cores are their limit.</summary>
        public int MaximumConcurrentOrchestrationWorkItems { get; set; } = 100 * Environment.ProcessorCount;

        /// <summary>Kept for compatibility; entities are not supported.</summary>
        public int MaximumConcurrentEntityWorkItems { get; set; } = 100 * Environment.ProcessorCount;
    }

    /// <summary>Which versions the worker runs.</summary>
    public class VersioningOptions
    {
        /// <summary>The worker's version.</summary>
        public string Version { get; set; } = string.Empty;

        /// <summary>Version given to sub-orchestrations that name none.</summary>
        public string DefaultVersion { get; set; } = string.Empty;

        /// <summary>How an instance's version must match. Default: any does.</summary>
        public VersionMatchStrategy MatchStrategy { get; set; } = VersionMatchStrategy.None;

        /// <summary>What happens to an instance that does not match. Default: it is parked.</summary>
        public VersionFailureStrategy FailureStrategy { get; set; } = VersionFailureStrategy.Reject;
    }
}
