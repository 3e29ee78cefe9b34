using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "announce",
    StepRole.Action,
    "Writes a message into the run's record and puts it into the outbox, which tells audiences until each has taken it.",
    """
    uses: announce
    with:
      to: [customers]
      text: The intent bar is available to one user in ten.
    """)]
[StepOutput("queued", "The audiences to which the message is on its way.")]
[StepOutput("undelivered", "The audiences that this host cannot tell, such as those whose webhook is not configured.")]
internal sealed record AnnounceStep
{
    [WithKey(StepParameterType.ChannelNameList, "Audiences from the playbook's channels.")]
    public required IReadOnlyList<string> To { get; init; }

    [WithKey("The message.")]
    public required string Text { get; init; }
}
