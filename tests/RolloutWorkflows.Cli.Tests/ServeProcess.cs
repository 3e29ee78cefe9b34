using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli.Tests;

/// <summary>A real <c>rollout serve</c> on a folder of its own.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    /// <summary>Whose key is sent where a call does not name anybody.</summary>
    private const string Usual = "ada";

    private readonly ChildProcess process;
    private readonly KeyFile keys;
    private readonly Dictionary<string, string> minted = [];

    private ServeProcess(ChildProcess process, Uri address, string folder)
    {
        this.process = process;
        Address = address;
        keys = KeyFile.Of(HostLocations.Find(folder, dataFolder: null), TimeProvider.System);
    }

    public Uri Address { get; }

    public static async Task<ServeProcess> StartAsync(string folder, int port = 0, bool compressed = false)
    {
        List<string> arguments = ["serve", "--root", folder, "--urls", $"http://127.0.0.1:{port}", "--stop-with-stdin"];
        if (compressed) arguments.Add("--allow-time-compression");
        var process = ChildProcess.Start("server", CliProgram.Assembly, arguments, folder, TimeProvider.System);
        try
        {
            return new ServeProcess(process, await process.AddressAsync(CancellationToken.None), folder);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the server has written to its log so far.</summary>
    public string Log => process.Tail(int.MaxValue);

    /// <summary>A person's key, an operator's; made at the first use.</summary>
    public string KeyOf(string person)
    {
        lock (minted)
        {
            if (!minted.TryGetValue(person, out var key)) minted[person] = key = keys.Add(new KeyOwner(person, IsService: false), KeyRole.Operator).Text;
            return key;
        }
    }

    /// <summary>A client that sends a person's key.</summary>
    public RolloutClient ClientOf(string person) => new(Address, KeyOf(person));

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill() => process.Kill();

    /// <summary>Calls the program with the key of whom <c>--as</c> names, or ada's.</summary>
    public Task<CliResult> RunAsync(params string[] arguments) => RunWithKeyAsync(KeyOf(Named(arguments) ?? Usual), arguments);

    /// <summary>Calls the program with this key in its environment, or with none.</summary>
    public Task<CliResult> RunWithKeyAsync(string? key, params string[] arguments) =>
        CliProgram.RunAsync(new CliCall { Arguments = arguments, Environment = new Dictionary<string, string> { ["ROLLOUT_SERVER"] = Address.ToString(), ["ROLLOUT_KEY"] = key ?? "" } });

    private static string? Named(string[] arguments) => arguments.SkipWhile(argument => argument != "--as").ElementAtOrDefault(1);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
