using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Host;

/// <summary>Says at start where the server listens, where its data lies, and what its operator should know.</summary>
internal sealed class StartReport(HostSettings settings, HostConfiguration configuration, HostLocations locations, KeyRing keys, TimeProvider time, ILogger<StartReport> log)
{
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public void Write(IEnumerable<string> urls)
    {
        log.LogInformation("Listening on {Urls}; data in {Data}; playbooks in {Playbooks}", string.Join(", ", urls), locations.Data, locations.Playbooks);
        foreach (var warning in configuration.Warnings) log.LogWarning("{Warning}", warning);
        if (!keys.IsNeeded) log.LogWarning("There are no keys: people on this machine may read, and nobody may start, command or change anything. Make the first key with: rollout keys add NAME --role admin");
        foreach (var url in urls.Where(ListenAddresses.IsBeyondLoopback)) log.LogWarning("PLAIN HTTP BEYOND THIS MACHINE: {Url} carries keys unencrypted. Only the proxy that ends TLS (--behind-proxy) may reach it.", url);
        if (settings.AllowTimeCompression) log.LogWarning("Time compression is allowed: compressed soaks prove nothing about production.");
        if (!Directory.Exists(locations.Playbooks)) log.LogWarning("The playbook folder {Playbooks} does not exist, so no rollout can be started; name another with extensions.rollout.playbooks in host.json.", locations.Playbooks);
    }
}
