namespace RppChain;

/// <summary>
/// What the chain has written: a state that a snapshot may replace, and the log that is replayed on top of it. Blocks are
/// produced only while it is whole. Not thread-safe.
/// </summary>
internal sealed class ChainStorage
{
    /// <summary>The state that the last snapshot has.</summary>
    public const string Sound = "sha256:5fe3ec3140df35f81ecf1ab5d1f2af4e2f06869d3e722e3299c8febb4f1571b4";

    private const string Damaged = "sha256:damaged";

    public string Root { get; private set; } = Sound;

    /// <summary>True where the log was replayed up to the height that was finalized before.</summary>
    public bool IsReplayed { get; private set; } = true;

    /// <summary>True where every proof of what is stored holds.</summary>
    public bool IsWhole => Root == Sound && IsReplayed;

    public void Damage() => Root = Damaged;

    /// <summary>Back to a snapshot; false where nobody has one with this state. The log is to be replayed after it.</summary>
    public bool Restore(string root)
    {
        if (root != Sound) return false;
        (Root, IsReplayed) = (root, false);
        return true;
    }

    /// <summary>False where the state below the log is damaged.</summary>
    public bool Replay()
    {
        IsReplayed = Root == Sound;
        return IsReplayed;
    }
}
