using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Every kind's example, as it stands on its page, is a step that validates.</summary>
public sealed class StepExampleTests
{
    public static TheoryData<string> Kinds => [.. StepCatalog.BuiltIn.Kinds.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Example_InAPlaybook_Validates(string name)
    {
        Assert.True(StepCatalog.BuiltIn.TryFind(name, out var kind));
        var part = kind.Role == StepRole.Action ? "steps" : "ready";
        var example = kind.Example.Replace("\n", "\n          ", StringComparison.Ordinal);
        var yaml = $$"""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: example }
            spec:
              inputs:
                commit: { type: string }
              people:
                persons: { ada: {} }
                groups: { release-captains: [ada], validators: [ada] }
              channels:
                customers: { webhook: news }
              metrics:
                satisfaction: { source: status, value: satisfaction }
                p95: { source: status, value: p95 }
              stages:
                - name: one
                  {{part}}:
                    - {{example}}
            """;

        var loaded = PlaybookLoader.Load(yaml, name, StepCatalog.BuiltIn);

        Assert.Empty(loaded.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.ToString()));
    }
}
