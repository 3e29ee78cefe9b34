namespace Phase2Api;

/// <summary>
/// Who gets phase 2: nobody until the gateway's environment file says PHASE2_ENABLED=true, then those for whom, or for whose
/// group, the flag is on.
/// </summary>
internal sealed class Exposure(ISwitches switches)
{
    /// <summary>Whether a caller is served by /v2.</summary>
    public async Task<bool> IsOpenAsync(string user, string? group, CancellationToken cancellation) =>
        IsEnabled && ((group is not null && await switches.HasFlagAsync($"group:{group}", cancellation)) || await switches.HasFlagAsync(user, cancellation));

    /// <summary>Which of these are served by /v2; each group is asked for once.</summary>
    public async Task<IReadOnlySet<string>> OpenToAsync(IReadOnlyList<(string User, string Group)> users, CancellationToken cancellation)
    {
        var open = new HashSet<string>();
        if (!IsEnabled) return open;
        foreach (var group in users.GroupBy(user => user.Group))
        {
            var whole = await switches.HasFlagAsync($"group:{group.Key}", cancellation);
            foreach (var (user, _) in group)
                if (whole || await switches.HasFlagAsync(user, cancellation)) open.Add(user);
        }

        return open;
    }

    private bool IsEnabled => switches.Variable("PHASE2_ENABLED") == "true";

    /// <summary>The version that answers where a client names none.</summary>
    public string DefaultVersion => switches.Variable("PHASE2_DEFAULT") == "v2" ? "v2" : "v1";
}
