namespace RolloutWorkflows.Host;

/// <summary>
/// The person whom a request names. Until keys exist the caller is believed, which is why only this machine is served;
/// the name is still checked, because it is recorded and counted.
/// </summary>
internal static class ActorName
{
    private const int MaximumLength = 64;

    /// <summary>What the run does by itself is recorded under this name; no person may borrow it.</summary>
    private const string Reserved = "rollout";

    /// <exception cref="ProblemException">400: missing, too long, reserved, or with control characters.</exception>
    public static string Require(string? name)
    {
        var trimmed = name?.Trim() ?? "";
        if (trimmed.Length == 0) throw Problems.BadRequest("'as' is missing: every change has a person.", "Say who you are: \"as\": \"ana\" (command line: --as ana).");
        if (trimmed.Length > MaximumLength || trimmed.Any(char.IsControl))
            throw Problems.BadRequest($"'as' is not a name: expected at most {MaximumLength} characters and no control characters.", "Use the name from people.yaml.");
        if (trimmed.Equals(Reserved, StringComparison.OrdinalIgnoreCase))
            throw Problems.BadRequest($"'as' is '{trimmed}', the name under which a run records what it does by itself.", "Use a person's name.");
        return trimmed;
    }
}
