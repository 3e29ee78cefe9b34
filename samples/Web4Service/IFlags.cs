namespace Web4Service;

/// <summary>Who is asked whether a user has the feature.</summary>
internal interface IFlags
{
    /// <summary>How often there was no usable answer.</summary>
    long Unanswered { get; }

    Task<FlagAnswer> AskAsync(string user, CancellationToken cancellation);
}
