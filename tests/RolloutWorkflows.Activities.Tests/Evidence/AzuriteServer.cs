using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Azurite, Microsoft's own emulator of Azure Storage: it checks what is signed, refuses what a SAS does not permit, and keeps blobs.</summary>
internal sealed class AzuriteServer : IAsyncDisposable
{
    private const string Account = "rollouts";

    private const string Version = "2021-08-06";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly byte[] key;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

    private AzuriteServer(Process process, DirectoryInfo folder, byte[] key, Uri address) => (this.process, this.folder, this.key, Address) = (process, folder, key, address);

    public Uri Address { get; }

    public static async Task<AzuriteServer> StartAsync()
    {
        var script = NodeTools.PathOf("azurite", "dist", "src", "blob", "main.js");
        Assert.True(File.Exists(script), $"{script} is missing; run eng/node-counterparts.sh again");
        var folder = Directory.CreateTempSubdirectory("rollout-azurite-");
        var key = RandomNumberGenerator.GetBytes(64);
        var port = FreePort();
        var start = new ProcessStartInfo("node") { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder.FullName };
        foreach (var argument in new[] { script, "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--blobHost", "127.0.0.1", "--blobPort", port.ToString(CultureInfo.InvariantCulture) }) start.ArgumentList.Add(argument);
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{Convert.ToBase64String(key)}";
        var server = new AzuriteServer(Process.Start(start)!, folder, key, new Uri($"http://127.0.0.1:{port}"));
        await server.ListeningAsync();
        return server;
    }

    /// <summary>Makes a container and gives a SAS URL of it that permits this.</summary>
    public async Task<string> ContainerAsync(string name, string permissions = "cw", DateTimeOffset? expires = null)
    {
        using var made = await http.PutAsync($"{Address}{Account}/{name}?restype=container&{AccountToken()}", content: null);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return UrlOf(name, permissions, expires);
    }

    /// <summary>A SAS URL of a container, which may not be there.</summary>
    public string UrlOf(string name, string permissions = "cw", DateTimeOffset? expires = null)
    {
        var end = Moment(expires ?? DateTimeOffset.UnixEpoch.AddYears(100));
        // Permissions, start, end, resource, policy, address, protocol, version, kind, snapshot, encryption scope and five headers.
        var signed = Sign(permissions, "", end, $"/blob/{Account}/{name}", "", "", "", Version, "c", "", "", "", "", "", "", "");
        return $"{Address}{Account}/{name}?sv={Version}&sr=c&sp={permissions}&se={Uri.EscapeDataString(end)}&sig={Uri.EscapeDataString(signed)}";
    }

    /// <summary>What a blob holds, its type and its kind; null: there is none.</summary>
    public async Task<(byte[] Content, string? ContentType, string? BlobType)?> ReadAsync(string container, string blob)
    {
        using var answer = await http.GetAsync($"{Address}{Account}/{container}/{blob}?{AccountToken()}");
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsByteArrayAsync(), answer.Content.Headers.ContentType?.ToString(), answer.Headers.GetValues("x-ms-blob-type").Single());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        folder.Delete(recursive: true);
    }

    private string AccountToken()
    {
        var end = Moment(DateTimeOffset.UnixEpoch.AddYears(100));
        var signed = Sign(Account, "rwdlc", "b", "sco", "", end, "", "", Version, "", "");
        return $"sv={Version}&ss=b&srt=sco&sp=rwdlc&se={Uri.EscapeDataString(end)}&sig={Uri.EscapeDataString(signed)}";
    }

    private string Sign(params string[] parts) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private async Task ListeningAsync()
    {
        var listening = new TaskCompletionSource();
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null) listening.TrySetException(new InvalidOperationException($"Azurite ended: {said}"));
            lock (said) said.AppendLine(line.Data);
            if (line.Data?.Contains("successfully listen", StringComparison.OrdinalIgnoreCase) == true) listening.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (said) said.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await listening.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
