using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Host.Tests.PeopleInTheLoop;

/// <summary>A run that asks for its approval, in its issue and in its thread.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ApprovalId">What it asks.</param>
/// <param name="Issue">The number of its issue.</param>
/// <param name="Question">The message with the buttons, as it was posted.</param>
internal sealed record AskedRun(string RunId, string ApprovalId, int Issue, FakeSlackMessage Question);
