namespace RolloutWorkflows.Host;

/// <summary>A key just made. Its text exists here and nowhere else: shown once, it cannot be shown again.</summary>
/// <param name="Text">What its holder sends: <c>rwk_</c> and 43 characters.</param>
/// <param name="Stored">What the server keeps of it.</param>
public sealed record MintedKey(string Text, StoredKey Stored)
{
    /// <summary>Without the key, so that no log or message shows it by accident.</summary>
    public override string ToString() => $"key {Stored.Id} of {Stored.Owner}";
}
