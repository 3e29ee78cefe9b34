namespace RolloutWorkflows.Host;

/// <summary>Whose a key is.</summary>
/// <param name="Name">A person's id as in <c>people.yaml</c>, or a service's name.</param>
/// <param name="IsService">True for a program: it may do what its role allows, and never votes.</param>
public readonly record struct KeyOwner(string Name, bool IsService)
{
    private const string ServicePrefix = "service:";

    private const int MaximumLength = 64;

    /// <summary>
    /// The name under which everything done with the key is recorded. A service's carries a prefix that no person's name
    /// can have, so that no service is ever taken for a person.
    /// </summary>
    public string Actor => IsService ? ServicePrefix + Name : Name;

    /// <summary>Why the name cannot own a key, as the end of a sentence; null where it can.</summary>
    public static string? Problem(string name)
    {
        if (name.Length is 0 or > MaximumLength || name.Trim() != name || name.Any(letter => char.IsControl(letter) || letter is ':' or '/'))
            return $"expected 1 to {MaximumLength} characters without ':', '/' and blanks around them";
        return name.Equals(Orchestrations.Actors.Rollout, StringComparison.OrdinalIgnoreCase) ? "a run records what it does by itself under this name" : null;
    }

    public override string ToString() => IsService ? $"the service {Name}" : Name;
}
