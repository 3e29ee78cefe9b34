using System.Globalization;
using System.Text.Json;

namespace RolloutWorkflows.Cli;

/// <summary>The sample as a process of its own, and what it answers.</summary>
internal sealed class DemoSample : IAsyncDisposable
{
    private readonly ChildProcess process;
    private readonly HttpClient http;

    private DemoSample(ChildProcess process, Uri address)
    {
        this.process = process;
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <param name="scene">What it is and what it is told.</param>
    /// <param name="place">Where it serves and where it may write; the server runs.</param>
    /// <param name="playbook">The run's playbook.</param>
    /// <param name="key">Its key for the server; goes through the environment, never through a command line.</param>
    /// <param name="time">The clock.</param>
    public static DemoSample Start(DemoScene scene, DemoPlace place, Playbooks.Playbook playbook, string key, TimeProvider time)
    {
        List<string> arguments = ["--urls", place.SampleOrigin, "--speed", place.Speed.ToString(CultureInfo.InvariantCulture), "--exit-with-stdin"];
        if (place.Fault is { IsOfSample: true, InSoakOf: null } fault) arguments.AddRange(["--fault", fault.NameInSample]);
        arguments.AddRange(scene.SampleArguments(place, playbook));
        var environment = new Dictionary<string, string> { [ServerKey.Variable] = key };
        return new DemoSample(ChildProcess.Start("sample", scene.Sample.Find(place.Repository), arguments, place.Folder, time, environment), place.Sample);
    }

    /// <summary>Answers requests at the sample's address; do not dispose it.</summary>
    public HttpClient Http => http;

    /// <summary>Returns once it serves.</summary>
    public Task ReadyAsync(CancellationToken cancellation) => process.AddressAsync(cancellation);

    /// <summary>What it answers at this path, read as JSON.</summary>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellation)
    {
        await using var stream = await http.GetStreamAsync(new Uri(path, UriKind.Relative), cancellation);
        return (await JsonDocument.ParseAsync(stream, cancellationToken: cancellation)).RootElement;
    }

    /// <summary>Switches a fault on while it runs.</summary>
    public Task SwitchOnAsync(string fault, CancellationToken cancellation) => SwitchAsync(HttpMethod.Put, fault, cancellation);

    /// <summary>Switches a fault off.</summary>
    public Task SwitchOffAsync(string fault, CancellationToken cancellation) => SwitchAsync(HttpMethod.Delete, fault, cancellation);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }

    private async Task SwitchAsync(HttpMethod method, string fault, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri($"faults/{Uri.EscapeDataString(fault)}", UriKind.Relative));
        using var response = await http.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode) throw new CommandFailedException(ExitCode.No, $"the sample does not know the fault '{fault}': {method} /faults/{fault} answered {(int)response.StatusCode}");
    }
}
