using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>The demo's own folder: a copy of the playbook, a host configuration, the databases and the logs. Gone afterwards unless kept.</summary>
internal sealed class DemoFiles : IDisposable
{
    private readonly bool keep;

    private DemoFiles(string repository, string folder, string playbook, bool keep)
    {
        Repository = repository;
        Folder = folder;
        PlaybookFile = playbook;
        this.keep = keep;
    }

    /// <summary>The clone around the program.</summary>
    public string Repository { get; }

    public string Folder { get; }

    public string PlaybookFile { get; }

    /// <param name="scene">Whose playbook is copied.</param>
    /// <param name="keep">True leaves the folder where it is.</param>
    /// <exception cref="CommandFailedException">The repository's playbook or a sample is not there.</exception>
    public static DemoFiles Create(DemoScene scene, bool keep)
    {
        var name = $"{scene.Playbook}.yaml";
        var repository = Ancestors(AppContext.BaseDirectory).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "playbooks", name)))
            ?? throw new CommandFailedException(ExitCode.No, $"the demo needs the repository around it: no playbooks/{name} above {AppContext.BaseDirectory}. Run ./rollout demo in a clone.");
        scene.Sample.Find(repository);
        var folder = Directory.CreateTempSubdirectory("rollout-demo-").FullName;
        var playbook = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "playbooks")).FullName, name);
        File.Copy(Path.Combine(repository, "playbooks", name), playbook);
        return new DemoFiles(repository, folder, playbook, keep);
    }

    /// <summary>The playbook that is carried out.</summary>
    /// <exception cref="CommandFailedException">It is not valid.</exception>
    public Playbook LoadPlaybook() => PlaybookText.Load(PlaybookFile).Playbook
        ?? throw new CommandFailedException(ExitCode.Invalid, $"the demo's playbook is not valid; see: rollout validate {PlaybookFile}");

    /// <summary>Writes what the server is configured with, and what else the scene puts into its folder.</summary>
    public void Configure(DemoScene scene, DemoPlace place, Playbook playbook)
    {
        var settings = new Dictionary<string, object>(scene.Settings(place))
        {
            ["playbooks"] = "playbooks",
            ["allowPlaybookPeople"] = playbook.People is not null,
        };
        if (scene.GitHub(place.Fault) is not null) DemoGitHubProcess.AddTo(settings, place.GitHub);
        var host = new { version = "2.0", extensions = new { rollout = settings } };
        File.WriteAllText(Path.Combine(Folder, "host.json"), JsonSerializer.Serialize(host));
        if (scene.People is { } people) File.WriteAllText(Path.Combine(Folder, "people.yaml"), people);
        scene.Prepare(place);
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

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent) yield return current.FullName;
    }
}
