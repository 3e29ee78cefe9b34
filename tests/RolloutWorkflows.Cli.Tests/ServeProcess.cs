namespace RolloutWorkflows.Cli.Tests;

/// <summary>A real <c>rollout serve</c> on a folder of its own.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private readonly ChildProcess process;

    private ServeProcess(ChildProcess process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<ServeProcess> StartAsync(string folder, int port = 0, bool compressed = false)
    {
        List<string> arguments = ["serve", "--root", folder, "--urls", $"http://127.0.0.1:{port}", "--stop-with-stdin"];
        if (compressed) arguments.Add("--allow-time-compression");
        var process = ChildProcess.Start("server", CliProgram.Assembly, arguments, folder, TimeProvider.System);
        try
        {
            return new ServeProcess(process, await process.AddressAsync(CancellationToken.None));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill() => process.Kill();

    public Task<CliResult> RunAsync(params string[] arguments) =>
        CliProgram.RunAsync(new CliCall { Arguments = arguments, Environment = new Dictionary<string, string> { ["ROLLOUT_SERVER"] = Address.ToString() } });

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
