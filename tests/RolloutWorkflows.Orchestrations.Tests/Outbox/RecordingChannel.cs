using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Outbox;

/// <summary>
/// A place outside that keeps what it was shown, as GitHub or Slack would: each message once by its id. It can be down, lose
/// its answers, and refuse messages.
/// </summary>
internal sealed class RecordingChannel(string name) : IChannel
{
    private readonly Lock _lock = new();
    private readonly List<(string RunId, string Id, string Text)> _shown = [];

    public string Name => name;

    /// <summary>While set, nothing gets through: the answer to every call.</summary>
    public Delivery? Down { get; set; }

    /// <summary>It shows what it gets, and its answer is lost: so many times.</summary>
    public int LosesAnswers { get; set; }

    /// <summary>What it will never take.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    /// <summary>What it cannot even be made of a line.</summary>
    public Func<RunLogEntry, bool> Chokes { get; set; } = _ => false;

    /// <summary>The lines that become messages.</summary>
    public Func<RunLogEntry, bool> Tells { get; set; } = line => line.Kind is RunLogKind.StageOpened or RunLogKind.StagePromoted or RunLogKind.ApprovalAsked or RunLogKind.Ended or RunLogKind.CommandAccepted;

    /// <summary>Every call to deliver, answered or not, by message id.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>When each refresh that got through came, and what the run was then.</summary>
    public List<(DateTimeOffset At, string RunId, RunState State)> Refreshes { get; } = [];

    /// <summary>What people see of a run, in order.</summary>
    public IReadOnlyList<string> ShownOf(string runId)
    {
        lock (_lock) return [.. _shown.Where(message => message.RunId == runId).Select(message => message.Text)];
    }

    public RunState StateShownOf(string runId)
    {
        lock (_lock) return Refreshes.Last(refresh => refresh.RunId == runId).State;
    }

    public bool Shows(Playbook playbook) => true;

    public IEnumerable<ChannelMessage> MessagesOf(RunLogEntry entry, ChannelRun run)
    {
        if (Chokes(entry)) throw new InvalidOperationException("it is a line too long");
        if (!Tells(entry)) yield break;
        yield return new ChannelMessage { MessageId = $"{name}/{entry.EntryId}", RunId = entry.RunId, At = entry.At, Summary = entry.Message, Content = JsonSerializer.SerializeToElement(entry.Message) };
    }

    public Task<Delivery> DeliverAsync(ChannelMessage message, ChannelRun run, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Calls.Add(message.MessageId);
            if (Down is { } down) return Task.FromResult(down);
            var text = message.Content.GetString()!;
            if (Refuses(text)) return Task.FromResult(Delivery.Refused("the text is not taken"));
            if (!_shown.Exists(shown => shown.Id == message.MessageId)) _shown.Add((run.RunId, message.MessageId, text));
            if (LosesAnswers-- > 0) return Task.FromResult(Delivery.Later("the connection broke"));
            return Task.FromResult(Delivery.Done($"{name}#{_shown.Count}"));
        }
    }

    public Task<Delivery> RefreshAsync(ChannelRun run, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (Down is { } down) return Task.FromResult(down);
            Refreshes.Add((run.Now, run.RunId, run.Status.State));
            return Task.FromResult(Delivery.Nothing);
        }
    }
}
