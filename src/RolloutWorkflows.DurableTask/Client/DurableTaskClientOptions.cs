using RolloutWorkflows.DurableTask.Converters;

namespace RolloutWorkflows.DurableTask.Client;

/// <summary>Settings of a client.</summary>
public class DurableTaskClientOptions
{
    private DataConverter? _dataConverter;

    /// <summary>Version given to new instances that name none. Default: none.</summary>
    public string DefaultVersion { get; set; } = string.Empty;

    /// <summary>Serialises inputs and events. Default: the container's <see cref="DurableTask.DataConverter"/>, or JSON.</summary>
    public DataConverter DataConverter
    {
        get => _dataConverter ?? JsonDataConverter.Default;
        set => _dataConverter = value;
    }

    /// <summary>Kept for compatibility; entities are not supported.</summary>
    public bool EnableEntitySupport { get; set; }

    /// <summary>Whether raising an event to an unknown or ended instance throws instead of leaving only a dead letter. Default: no.</summary>
    public bool ThrowOnUndeliverable { get; set; }

    internal bool HasOwnDataConverter => _dataConverter is not null;
}
