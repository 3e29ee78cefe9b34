using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>
/// Slack: its Web API, its response addresses, and what it sends to an app (clicks, dialogs, slash commands, signed or by
/// socket), as one workspace with one app. Answers and errors are in Slack's shapes.
/// </summary>
public sealed partial class FakeSlack : Counterpart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock state = new();
    private readonly TimeProvider time;
    private readonly Dictionary<string, FakeSlackChannel> channels = [];
    private readonly List<FakeSlackRequest> requests = [];
    private readonly List<FakeSlackEphemeral> ephemerals = [];
    private readonly List<FakeSlackFault> faults = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int serial;

    private FakeSlack(TimeProvider time) => this.time = time;

    /// <summary>Where the Web API is.</summary>
    public Uri Api => new(Address, "/api/");

    public string Team { get; } = "T0ROLLOUT";

    public string AppId { get; } = "A0ROLLOUT";

    public string BotUser { get; } = "U0ROLLOUT";

    public string BotId { get; } = "B0ROLLOUT";

    public string BotToken { get; } = "xoxb-fake-bot-token";

    public string AppToken { get; } = "xapp-fake-app-token";

    public string SigningSecret { get; } = "8f742231b10e8888abcd99yyyzzz85a5";

    /// <summary>What the bot token may do.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = ["chat:write", "channels:history", "groups:history", "commands"];

    /// <summary>True: every connection breaks before anything is done.</summary>
    public bool Down { get; set; }

    /// <summary>Every call of the Web API that was looked at, in order.</summary>
    public IReadOnlyList<FakeSlackRequest> Requests => Locked(() => requests.ToList());

    public IReadOnlyList<FakeSlackEphemeral> Ephemerals => Locked(() => ephemerals.ToList());

    /// <summary>Every message of every channel, in the order in which they were posted.</summary>
    public IReadOnlyList<FakeSlackMessage> Messages => Locked(() => channels.Values.SelectMany(channel => channel.Messages).OrderBy(message => message.Ts, StringComparer.Ordinal).ToList());

    /// <summary>Starts a workspace with a channel that the bot is in.</summary>
    public static async Task<FakeSlack> StartAsync(TimeProvider? time = null, string channel = "C0ROLLOUT")
    {
        var slack = new FakeSlack(time ?? TimeProvider.System);
        slack.AddChannel(channel);
        await slack.ListenAsync();
        return slack;
    }

    public void AddChannel(string id, bool member = true) => Locked(() => channels[id] = new FakeSlackChannel { Id = id, Member = member });

    public void Archive(string id) => Locked(() => channels[id].Archived = true);

    /// <summary>Takes the bot out of a channel, or in again.</summary>
    public void SetMember(string id, bool member) => Locked(() => channels[id].Member = member);

    /// <summary>Somebody deletes a message; replies to it stay where they are.</summary>
    public void Delete(FakeSlackMessage message) => Locked(() => channels[message.Channel].Messages.RemoveAll(standing => standing.Ts == message.Ts));

    /// <summary>Messages of a thread, its first one included, oldest first.</summary>
    public IReadOnlyList<FakeSlackMessage> Thread(string ts) => [.. Messages.Where(message => message.Ts == ts || message.Thread == ts)];

    /// <summary>Somebody writes into a channel or thread.</summary>
    public FakeSlackMessage Write(string user, string channel, string text, string? thread = null) => Locked(() =>
    {
        var message = new FakeSlackMessage { Channel = channel, Ts = NextTs(), Thread = thread, User = user, Text = text };
        channels[channel].Messages.Add(message);
        return message;
    });

    /// <summary>The next calls are answered 429.</summary>
    public void RateLimit(string? method = null, int seconds = 1, int times = 1) => Break(new() { Method = method, Times = times, Status = 429, RetryAfter = seconds });

    /// <summary>The next calls are answered with a status of 5xx and no JSON.</summary>
    public void Fail(string? method = null, int status = 503, int times = 1) => Break(new() { Method = method, Times = times, Status = status });

    /// <summary>The next calls are answered with one of Slack's errors.</summary>
    public void Refuse(string error, string? method = null, int times = 1) => Break(new() { Method = method, Times = times, Error = error });

    /// <summary>The next calls are carried out, and the connection breaks before the answer.</summary>
    public void LoseAnswer(string? method = null, int times = 1) => Break(new() { Method = method, Times = times, LosesAnswer = true });

    /// <summary>The next call is carried out, and answered only once this completes.</summary>
    public void Delay(Task until, string? method = null) => Break(new() { Method = method, Until = until });

    /// <summary>Waits until something is so; a test that waits too long fails with what stands in Slack.</summary>
    public async Task<T> WaitForAsync<T>(Func<FakeSlack, T?> find)
        where T : class
    {
        while (true)
        {
            var next = Locked(() => changed.Task);
            if (find(this) is { } found) return found;
            try
            {
                await next.WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"not found in Slack, where this stands:\n{string.Join('\n', Messages.Select(message => $"{message.Channel}/{message.Ts} in {message.Thread ?? "channel"}: {message.Shown}"))}");
            }
        }
    }

    private void Break(FakeSlackFault fault) => Locked(() => faults.Add(fault));

    /// <summary>Unix seconds and a serial number that never repeats, as Slack's message ids are.</summary>
    private string NextTs() => FormattableString.Invariant($"{time.GetUtcNow().ToUnixTimeSeconds()}.{++serial:000000}");

    private void Changed()
    {
        TaskCompletionSource before;
        lock (state) (before, changed) = (changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        before.SetResult();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (state) return read();
    }

    private void Locked(Action change)
    {
        lock (state) change();
    }

    private static JsonObject Refusal(string error) => new() { ["ok"] = false, ["error"] = error };
}
