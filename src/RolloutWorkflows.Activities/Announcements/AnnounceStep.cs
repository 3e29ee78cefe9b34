using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

[StepKind(
    "announce",
    StepRole.Action,
    "Writes a message into the run's record and sends it to audiences.",
    """
    uses: announce
    with:
      to: [customers]
      text: The intent bar is available to one user in ten.
    """)]
[StepOutput("delivered", "The audiences that took the message.")]
[StepOutput("undelivered", "The audiences that did not.")]
internal sealed record AnnounceStep
{
    [WithKey(StepParameterType.ChannelNameList, "Audiences from the playbook's channels.")]
    public required IReadOnlyList<string> To { get; init; }

    [WithKey("The message.")]
    public required string Text { get; init; }
}
