using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// A place outside where people follow a run: its release issue, its Slack thread. What stands there is a projection of
/// the run's record and status: it decides nothing, may be late, and can be made anew. The outbox calls it for one run one
/// call at a time, in the order of the record, and again after every failure and every crash. Thread-safe.
/// </summary>
internal interface IChannel
{
    /// <summary>The word of a playbook's <c>channels</c>, which also names its lane in the outbox: <c>releaseIssue</c>, <c>slack</c>.</summary>
    string Name { get; }

    /// <summary>Whether a run of this playbook is shown here: the playbook names the channel and the host is connected to it.</summary>
    bool Shows(Playbook playbook);

    /// <summary>What of a line of the record people must be told in a message of its own; nothing for most lines. Pure.</summary>
    IEnumerable<ChannelMessage> MessagesOf(RunLogEntry entry, ChannelRun run);

    /// <summary>Shows one message once, however often it is delivered.</summary>
    Task<Delivery> DeliverAsync(ChannelMessage message, ChannelRun run, CancellationToken cancellation);

    /// <summary>Brings what is edited in place (checklist, status block, header) to what the run is now. Called after messages, when the run changed and every few minutes while it goes on; says nothing to the outside where nothing changed. Done with <see cref="Delivery.After"/>: it was edited a moment ago, and has to be called again then.</summary>
    Task<Delivery> RefreshAsync(ChannelRun run, CancellationToken cancellation);
}
