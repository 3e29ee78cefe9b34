using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Phase2Api;

/// <summary>Asks the rollout server's flag service and reads the environment file. A server that is slow, away or wrong means that the flag is off: phase 1 works for everybody.</summary>
public sealed class Switches(Phase2ApiOptions options) : ISwitches, IDisposable
{
    private readonly HttpClient _http = Create(options.Key);

    public async Task<bool> HasFlagAsync(string name, CancellationToken cancellation)
    {
        if (options.Flags is not { } server) return false;
        try
        {
            using var response = await _http.GetAsync(new Uri(server, $"/flags/{Uri.EscapeDataString(options.Flag)}/evaluate?user={Uri.EscapeDataString(name)}"), cancellation);
            // Before its first stage the flag does not exist: that is an answer, and it is no.
            if (response.StatusCode == HttpStatusCode.NotFound) return false;
            response.EnsureSuccessStatusCode();
            return (await response.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("value").GetBoolean();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException or IOException)
        {
            return false;
        }
    }

    public string? Variable(string name) => options.EnvironmentFile is { } file ? Read(file, name) : null;

    /// <summary>The variable in an environment file; null where there is none, or no file.</summary>
    public static string? Read(string file, string name)
    {
        try
        {
            return File.ReadLines(file).LastOrDefault(line => line.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..].Trim();
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpClient Create(string? key)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(1) };
        if (!string.IsNullOrWhiteSpace(key)) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());
        return http;
    }
}
