namespace Web4Service;

/// <summary>One request of a user, and how it went.</summary>
internal readonly record struct Visit(string User, bool HasFeature, bool Failed, TimeSpan Took)
{
    /// <summary>The bar worked, and the user did not get on with it.</summary>
    public bool GaveUp { get; init; }

    /// <summary>The bar worked, and the user did not like it.</summary>
    public bool IsDisliked { get; init; }

    /// <summary>The user got what they came for, before losing patience.</summary>
    public bool Completed => !Failed && !GaveUp && Took < TimeSpan.FromMilliseconds(500);

    /// <summary>One to five stars: what a user makes of an answer that failed, dragged, came, or came with the new bar.</summary>
    public double Stars =>
        Failed ? 1
        : Took >= TimeSpan.FromMilliseconds(500) ? 3
        : GaveUp || IsDisliked ? 3.5
        : HasFeature ? 4.6
        : 4.3;
}
