using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>
/// Prism between the client and a server: what is asked and answered is held against GitHub's own description of its API,
/// and what is not as described is an error.
/// </summary>
internal sealed class PrismServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly string _folder;
    private readonly List<string> _said = [];

    private PrismServer(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    /// <summary>What it said last, for failures.</summary>
    public string Said
    {
        get
        {
            lock (_said) return string.Join('\n', _said.TakeLast(20));
        }
    }

    /// <param name="upstream">Whose answers are passed on.</param>
    /// <param name="requests">The requests of the description that count, <c>METHOD /path/{name}</c>.</param>
    public static async Task<PrismServer> StartAsync(Uri upstream, IEnumerable<string> requests)
    {
        var modules = NodeTools.PathOf();
        var folder = Directory.CreateTempSubdirectory("rollout-prism-").FullName;
        var (list, description) = (Path.Combine(folder, "requests.txt"), Path.Combine(folder, "github.json"));
        await File.WriteAllLinesAsync(list, requests);
        using (var cut = Start(Script(), modules, list, description))
        {
            var wrong = await cut.StandardError.ReadToEndAsync();
            await cut.WaitForExitAsync();
            Assert.True(cut.ExitCode == 0, wrong);
        }

        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var process = Start(
            Path.Combine(modules, "@stoplight", "prism-cli", "dist", "index.js"),
            "proxy", description, upstream.GetLeftPart(UriPartial.Authority), "--errors", "--host", "127.0.0.1", "--port", $"{address.Port}");
        var server = new PrismServer(process, folder, address);
        await server.ListeningAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ListeningAsync()
    {
        var listening = new TaskCompletionSource();
        void Hear(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is null)
            {
                listening.TrySetException(new InvalidOperationException($"Prism ended: {Said}"));
                return;
            }

            lock (_said) _said.Add(line.Data);
            if (line.Data.Contains("Prism is listening", StringComparison.Ordinal)) listening.TrySetResult();
        }

        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await listening.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private static Process Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(script);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // What is asked here never leaves this machine.
        foreach (var variable in new[] { "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy" }) start.Environment.Remove(variable);
        return Process.Start(start)!;
    }

    private static string Script()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RolloutWorkflows.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no RolloutWorkflows.sln above the tests");
        return Path.Combine(folder, "eng", "counterparts", "github-description.cjs");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
