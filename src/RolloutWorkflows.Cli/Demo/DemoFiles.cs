using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace RolloutWorkflows.Cli;

/// <summary>The demo's own folder: a copy of the playbook, a host configuration, the databases and the logs. Gone afterwards unless kept.</summary>
internal sealed class DemoFiles : IDisposable
{
    private readonly bool keep;

    private DemoFiles(string folder, string playbook, string serviceAssembly, bool keep)
    {
        Folder = folder;
        PlaybookFile = playbook;
        ServiceAssembly = serviceAssembly;
        this.keep = keep;
    }

    public string Folder { get; }

    public string PlaybookFile { get; }

    /// <summary>The built sample service.</summary>
    public string ServiceAssembly { get; }

    /// <exception cref="CommandFailedException">The repository's playbook or the sample service is not there.</exception>
    public static DemoFiles Create(bool keep)
    {
        var root = Ancestors(AppContext.BaseDirectory).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "playbooks", "web4-mycelia.yaml")))
            ?? throw new CommandFailedException(ExitCode.No, $"the demo needs the repository around it: no playbooks/web4-mycelia.yaml above {AppContext.BaseDirectory}. Run ./rollout demo in a clone.");
        var service = ServiceCandidates(root).FirstOrDefault(File.Exists)
            ?? throw new CommandFailedException(ExitCode.No, "the sample service is not built: expected samples/Web4Service/bin. Run ./rollout demo, which builds it, or: dotnet build samples/Web4Service -c Release");
        var folder = Directory.CreateTempSubdirectory("rollout-demo-").FullName;
        var playbook = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "playbooks")).FullName, "web4-mycelia.yaml");
        File.Copy(Path.Combine(root, "playbooks", "web4-mycelia.yaml"), playbook);
        return new DemoFiles(folder, playbook, service, keep);
    }

    /// <summary>Writes the server's configuration: where the service publishes its metrics, and whom the playbook may ask.</summary>
    public void Configure(Uri service)
    {
        var announcements = new { url = new Uri(service, "banner") };
        var host = new
        {
            version = "2.0",
            extensions = new
            {
                rollout = new
                {
                    playbooks = "playbooks",
                    allowPlaybookPeople = true,
                    grants = new Dictionary<string, object> { ["web4-*"] = new { flags = new[] { "*" }, egress = new[] { service.GetLeftPart(UriPartial.Authority) } } },
                    metricSources = new Dictionary<string, object> { ["web4-status"] = new { type = "json", url = new Uri(service, "status.json"), timeoutSeconds = 2 } },
                    webhooks = new Dictionary<string, object> { ["team"] = announcements, ["banner"] = announcements },
                },
            },
        };
        File.WriteAllText(Path.Combine(Folder, "host.json"), JsonSerializer.Serialize(host));
    }

    /// <summary>A loopback port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (keep || !Directory.Exists(Folder)) return;
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A scanner may hold a file for a moment; the system clears its temporary folder in time.
        }
    }

    private static IEnumerable<string> ServiceCandidates(string root)
    {
        yield return Path.Combine(AppContext.BaseDirectory, "web4-service.dll");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Release";
        foreach (var candidate in new[] { configuration, "Release", "Debug" })
            yield return Path.Combine(root, "samples", "Web4Service", "bin", candidate, "net10.0", "web4-service.dll");
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent) yield return current.FullName;
    }
}
