namespace RolloutWorkflows.Activities;

/// <summary>The named users who have a flag whatever its percentage.</summary>
public sealed record FlagCanary
{
    public static readonly FlagCanary None = new();

    /// <summary>False: the allowlist is kept but has no effect.</summary>
    public bool Enabled { get; init; }

    /// <summary>User ids, each once, in ordinal order.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>A canary with these users, put in order and each once.</summary>
    public static FlagCanary Of(bool enabled, IEnumerable<string> users) =>
        new() { Enabled = enabled, Users = [.. users.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };

    public bool Equals(FlagCanary? other) => other is not null && Enabled == other.Enabled && Users.SequenceEqual(other.Users, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Enabled, Users.Count, Users.Count > 0 ? Users[0] : null);
}
