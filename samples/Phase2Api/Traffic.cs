namespace Phase2Api;

/// <summary>
/// The gateway's users and what the last minute was like for them. Whoever asks gets a minute that is played through the
/// same decisions as real calls: who gets which version, what is slow, what fails. So the numbers hold for whatever moment
/// they are asked in, however fast the clock runs.
/// </summary>
internal sealed class Traffic(Exposure exposure, Faults faults)
{
    private const int RequestsPerUser = 24;

    /// <summary>Clients that were written for phase 1 and call nothing else, whoever has phase 2.</summary>
    private const int OldClients = 5;

    /// <summary>Who uses the gateway: five in the lab, ten who try things early, and the others.</summary>
    public static IReadOnlyList<(string User, string Group)> Users { get; } =
    [
        .. Enumerable.Range(1, 5).Select(number => ($"lab-{number}", "lab")),
        .. Enumerable.Range(1, 10).Select(number => ($"beta-{number}", "beta")),
        .. Enumerable.Range(1, 25).Select(number => ($"user-{number}", "customers")),
    ];

    /// <summary>The last minute by version, what the shims made of phase 1's calls, and how many users have phase 2.</summary>
    public async Task<object> StatusAsync(CancellationToken cancellation)
    {
        List<(bool Failed, double Ms)> one = [], two = [];
        var exposed = await exposure.OpenToAsync(Users, cancellation);
        foreach (var user in Users.Select(user => user.User).Concat(Enumerable.Range(1, OldClients).Select(number => $"old-{number}")))
        {
            var isOpen = exposed.Contains(user);
            for (var number = 0; number < RequestsPerUser; number++)
            {
                // Spread from 80 to 219 ms, the same each time.
                var ms = 80 + (number * 37 + user.Length * 11) % 140;
                if (isOpen) two.Add((faults.Has(Faults.ErrorSpike) && number % 12 == 0, ms + (faults.Has(Faults.Slow) ? 420 : 0)));
                else one.Add((faults.Has(Faults.ShimDrift) && number % 12 == 0, ms));
            }
        }

        var phase1 = VersionStatus.Of(one);
        return new
        {
            exposedUsers = exposed.Count,
            users = Users.Count,
            v1 = phase1,
            v2 = VersionStatus.Of(two),
            // All of phase 1 goes through the shims.
            shims = new { requests = phase1.Requests, errorRate = phase1.ErrorRate },
        };
    }
}
