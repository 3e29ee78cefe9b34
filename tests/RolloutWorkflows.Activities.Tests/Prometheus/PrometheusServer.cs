using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>A real Prometheus on a free loopback port, which scrapes once a second what the test exposes.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const int Tries = 300;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly LoopbackServer _exposed;
    private readonly string _folder;
    private readonly SourceHttp _http;
    private readonly OutboundHttp _outbound;

    private PrometheusServer(Process process, LoopbackServer exposed, string folder, Uri address, PrometheusHttpSource source, ISecretSource secrets)
    {
        (_process, _exposed, _folder, Address, Source) = (process, exposed, folder, address, source);
        _outbound = OperatorHttp.Create();
        _http = new SourceHttp(_outbound, secrets);
    }

    public Uri Address { get; }

    public PrometheusHttpSource Source { get; }

    public PrometheusApi Api => new(Source, _http);

    /// <param name="expose">What is scraped, in the text format.</param>
    /// <param name="rules">A rule file; null: no rules.</param>
    /// <param name="web">A web configuration file (basic authentication); null: none.</param>
    /// <param name="credentials">How the test itself signs in.</param>
    public static async Task<PrometheusServer> StartAsync(Func<string> expose, string? rules = null, string? web = null, HttpCredentials? credentials = null)
    {
        var program = PrometheusProgram.Require();
        var exposed = await LoopbackServer.StartAsync(context =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4";
            return context.Response.WriteAsync(expose());
        });
        var folder = Directory.CreateTempSubdirectory("rollout-prometheus-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [ rules.yml ]
            scrape_configs: [ { job_name: app, static_configs: [ { targets: [ "127.0.0.1:{{exposed.Address.Port}}" ] } ] } ]
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.yml"), rules ?? "groups: []");
        if (web is not null) await File.WriteAllTextAsync(Path.Combine(folder, "web.yml"), web);
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var server = new PrometheusServer(
            Start(program, folder, address, web is not null), exposed, folder, address,
            new PrometheusHttpSource { Url = address, Credentials = credentials ?? new() }, new Secrets(new SecretOptions()));
        await server.WaitForAsync("vector(1)", series => series.Count == 1);
        return server;
    }

    /// <summary>Asks until the query's answer is as expected: samples appear with the next scrape.</summary>
    public async Task WaitForAsync(string query, Func<IReadOnlyList<PrometheusSeries>, bool> expected)
    {
        using var pace = new PeriodicTimer(Pace);
        var last = "";
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            try
            {
                var series = (await Api.QueryAsync(query, TestContext.Current.CancellationToken)).Series;
                if (expected(series)) return;
                last = string.Join(", ", series);
            }
            catch (OutboundException notYet)
            {
                last = notYet.Message;
            }

            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"{query}: not as expected after {Tries} tries; last: {last}");
    }

    /// <summary>Ends the process at once, as a crash would.</summary>
    public void Kill()
    {
        if (_process.HasExited) return;
        _process.Kill();
        _process.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        _process.Dispose();
        _outbound.Dispose();
        await _exposed.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Process Start(string program, string folder, Uri address, bool signIn)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("--config.file=prometheus.yml");
        start.ArgumentList.Add("--storage.tsdb.path=data");
        start.ArgumentList.Add($"--web.listen-address={address.Authority}");
        if (signIn) start.ArgumentList.Add("--web.config.file=web.yml");
        var process = Process.Start(start)!;
        // A pipe that nobody empties would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
