using System.Globalization;

namespace RolloutWorkflows.Cli;

/// <summary>The sample web service as a process of its own, and what it shows its users.</summary>
internal sealed class DemoService : IAsyncDisposable
{
    private const int UsersAsked = 20;
    private const int VisitsPerSecond = 300;

    private readonly ChildProcess process;
    private readonly HttpClient http;

    private DemoService(ChildProcess process, Uri address)
    {
        this.process = process;
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <param name="files">Where it is built and where it may write.</param>
    /// <param name="address">Where it serves.</param>
    /// <param name="flags">Where it asks for the flag of its feature, and with which key.</param>
    /// <param name="fault">The stage from which on its new code breaks; null: never.</param>
    /// <param name="time">The clock.</param>
    public static DemoService Start(DemoFiles files, Uri address, DemoFlagSource flags, string? fault, TimeProvider time)
    {
        string[] arguments =
        [
            "--urls", address.GetLeftPart(UriPartial.Authority), "--flags", flags.Server.GetLeftPart(UriPartial.Authority), "--flag", flags.Flag,
            "--traffic", VisitsPerSecond.ToString(CultureInfo.InvariantCulture), "--fault", fault == "everybody" ? "full" : fault ?? "none", "--exit-with-stdin",
        ];
        return new DemoService(ChildProcess.Start("service", files.ServiceAssembly, arguments, files.Folder, time, new Dictionary<string, string> { [ServerKey.Variable] = flags.Key }), address);
    }

    /// <summary>Returns once it serves and has had its first visitors.</summary>
    public Task ReadyAsync(CancellationToken cancellation) => process.AddressAsync(cancellation);

    /// <summary>How many of the users asked are shown the feature, by the service's own pages.</summary>
    public async Task<(int With, int Asked)> ShareWithFeatureAsync(CancellationToken cancellation)
    {
        var with = 0;
        for (var number = 1; number <= UsersAsked; number++)
        {
            using var page = await http.GetAsync(new Uri($"?user=user-{number.ToString(CultureInfo.InvariantCulture)}", UriKind.Relative), cancellation);
            if (page.Headers.TryGetValues("X-Intent-Bar", out var bar) && bar.Contains("new")) with++;
        }

        return (with, UsersAsked);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }
}
