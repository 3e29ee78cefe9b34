namespace RolloutWorkflows.Activities;

/// <summary>What a flag may be called.</summary>
public static class FlagNames
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaximumLength = 200;

    /// <summary>Why the name cannot be used, or null where it can.</summary>
    public static string? Problem(string? name) => name switch
    {
        null or "" => "a flag needs a name",
        { Length: > MaximumLength } => $"the flag's name has {name.Length} characters; at most {MaximumLength} are allowed",
        // Clients of the evaluation protocol put names into paths without encoding them.
        _ when name.Contains('/', StringComparison.Ordinal) => $"the flag's name '{name}' holds a '/'",
        _ when name.Contains('%', StringComparison.Ordinal) => $"the flag's name '{name}' holds a '%', with which paths write other characters",
        "." or ".." => $"the flag's name is '{name}', which a path takes for a way to elsewhere",
        _ when name.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)) => "the flag's name holds white space or control characters",
        _ => null,
    };

    /// <summary>Throws an <see cref="ArgumentException"/> where the name cannot be used.</summary>
    public static void Require(string? name)
    {
        if (Problem(name) is { } problem) throw new ArgumentException(problem, nameof(name));
    }
}
