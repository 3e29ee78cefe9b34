using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Approvals;

public sealed class ApprovalSubjectTests
{
    private static readonly ApprovalSubject Green = Subject(("guardrail errors", "Passed"), ("criteria happy", "Passed"));

    [Fact]
    public void Differences_NothingChanged_AreNone() => Assert.Empty(Green.DifferencesTo(Subject(("guardrail errors", "Passed"), ("criteria happy", "Passed"))));

    [Fact]
    public void Differences_ShowWhatWasApprovedAgainstWhatStandsNow()
    {
        var now = Subject(("guardrail errors", "Warning"), ("guardrail latency", "Passed"));
        Assert.Equal(
            ["criteria happy was Passed, is gone", "guardrail latency is Passed, was not there", "guardrail errors was Passed, is Warning"],
            Green.DifferencesTo(now));
    }

    [Fact]
    public void Digest_NamesTheSubjectTheApprovalAndTheAsking()
    {
        string[] digests = [Green.Digest("go", 0), Green.Digest("go", 1), Green.Digest("council", 0), Subject(("guardrail errors", "Failed")).Digest("go", 0)];
        Assert.Equal(4, digests.Distinct().Count());
        Assert.Equal(digests[0], Subject(("guardrail errors", "Passed"), ("criteria happy", "Passed")).Digest("go", 0));
    }

    private static ApprovalSubject Subject(params (string What, string Value)[] lines) =>
        new([.. lines.Select(line => new SubjectLine(ApprovalBinding.Evidence, line.What, line.Value))]);
}
