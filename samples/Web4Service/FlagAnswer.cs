namespace Web4Service;

/// <summary>The flag server's answer for one user, as far as this service reads it.</summary>
internal sealed record FlagAnswer
{
    /// <summary>What holds where nobody answers: the old code works for everybody.</summary>
    public static readonly FlagAnswer Off = new() { Reason = "unanswered" };

    public bool Value { get; init; }

    public string Reason { get; init; } = "";

    public long Bucket { get; init; }
}
