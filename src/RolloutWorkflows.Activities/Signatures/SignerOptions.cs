namespace RolloutWorkflows.Activities;

/// <summary>The files of the signers' public keys. Register it as a singleton before the activities.</summary>
public sealed record SignerOptions
{
    /// <summary>Absolute paths of PEM files by the signers' names; empty: no signature is believed.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}
