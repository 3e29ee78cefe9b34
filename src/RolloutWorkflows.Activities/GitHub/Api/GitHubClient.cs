using System.Text.Json;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary><see cref="IGitHub"/> over GitHub's REST API, and over GraphQL for what REST does not tell.</summary>
internal sealed partial class GitHubClient(GitHubOptions options, OutboundHttp http, ISecretSource secrets, TimeProvider time) : IGitHub, IDisposable
{
    private const int PageSize = 100;

    /// <summary>A list with no end must not keep us busy for ever.</summary>
    private const int MaximumPages = 100;

    private readonly GitHubTransport _transport = new(options, http, secrets, time);
    private GitHubSelf? _self;

    public bool IsConnected => options.IsConnected;

    public void Dispose() => _transport.Dispose();

    private Task<GitHubAnswer> GetAsync(GitHubRepository? repository, string path, CancellationToken cancellation) =>
        _transport.SendAsync(new GitHubRequest(HttpMethod.Get, path) { Repository = repository }, cancellation);

    private async Task<T> GetAsync<T>(GitHubRepository repository, string path, Func<JsonElement, T> read, CancellationToken cancellation) =>
        Read(path, (await GetAsync(repository, path, cancellation)).Json, read, notDone: true);

    private async Task<T> SendAsync<T>(HttpMethod method, GitHubRepository repository, string path, JsonObject body, Func<JsonElement, T> read, CancellationToken cancellation)
    {
        var answer = await _transport.SendAsync(new GitHubRequest(method, path, body) { Repository = repository }, cancellation);
        return Read(path, answer.Json, read, notDone: false);
    }

    /// <summary>Reads page after page until the list's end or the limit.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="path">The first page.</param>
    /// <param name="list">Where the list stands in an answer; null: the answer is the list.</param>
    /// <param name="read">Reads one; null: not counted.</param>
    /// <param name="limit">How many at most; null: all.</param>
    /// <param name="cancellation">Gives up.</param>
    private async Task<IReadOnlyList<T>> ListAsync<T>(GitHubRepository repository, string path, string? list, Func<JsonElement, T?> read, int? limit, CancellationToken cancellation)
        where T : class
    {
        var all = new List<T>();
        var next = path;
        for (var pages = 0; next is not null; pages++)
        {
            if (pages == MaximumPages) throw new GitHubException(GitHubFailure.Unavailable, $"GET /{path.Split('?')[0]} has more than {MaximumPages} pages", notDone: true);
            var answer = await GetAsync(repository, next, cancellation);
            all.AddRange(Read(path, answer.Json, json => (list is null ? json : json.GetProperty(list)).EnumerateArray().Select(read).OfType<T>().ToList(), notDone: true));
            if (all.Count >= limit) return all.GetRange(0, limit.Value);
            next = answer.Next;
        }

        return all;
    }

    private static T Read<T>(string path, JsonElement json, Func<JsonElement, T> read, bool notDone)
    {
        try
        {
            return read(json);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            throw new GitHubException(GitHubFailure.Unavailable, $"GitHub's answer to /{path.Split('?')[0]} is not of the expected form: {error.Message}", notDone);
        }
    }

    private static int PageOf(int limit) => Math.Clamp(limit, 1, PageSize);

    private static JsonArray ArrayOf(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static JsonObject ObjectOf(params (string Name, JsonNode? Value)[] members) =>
        new(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, member.Value)));
}
