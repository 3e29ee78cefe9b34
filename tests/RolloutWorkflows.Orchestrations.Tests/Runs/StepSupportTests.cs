using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Runs;

/// <summary>What a valid step says and this version cannot carry out is refused before a run starts.</summary>
public sealed class StepSupportTests
{
    [Theory]
    [InlineData("uses: http/request, with: { url: http://h/ }, undo: { uses: http/request, with: { url: http://h/back } }", null)]
    [InlineData("uses: http/request, with: { url: http://h/ }, irreversible: true", null)]
    [InlineData("uses: metric/capture, with: { metrics: [p95], as: before }", null)]
    [InlineData("uses: env/set, with: { file: web.env, values: { A: x } }", null)]
    [InlineData("uses: http/request, with: { url: http://h/ }, undo: { uses: shell/run, with: { command: back } }", null)]
    [InlineData("uses: http/request, with: { url: http://h/ }, undo: { uses: http/request, with: { url: 'http://h/${{ steps.s.outputs.status }}' } }", "stage one, step s: undo with an output of the step itself is not carried out by this version yet")]
    [InlineData("uses: http/request, with: { url: http://h/, headers: { Authorization: '${{ secrets.TOKEN }}' } }, irreversible: true", null)]
    [InlineData("uses: flag/set, with: { flag: a, value: true }, undo: { uses: flag/set, with: { flag: a, value: false } }", "stage one, step s: undo of flag/set, whose prior value is restored by itself, is not carried out by this version yet")]
    public void NotCarriedOut_OfAStep_SaysWhat(string step, string? expected)
    {
        var loaded = PlaybookLoader.Load(
            $$"""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: example }
            spec:
              metrics: { p95: { source: status, value: p95 } }
              stages: [ { name: one, steps: [ { id: s, {{step}} } ] } ]
            """,
            "example.yaml",
            StepCatalog.BuiltIn);
        Assert.DoesNotContain(loaded.Problems, problem => problem.Severity == ProblemSeverity.Error);

        Assert.Equal(expected, LanguageSupport.NotCarriedOut(loaded.Playbook!, StepCatalog.BuiltIn).SingleOrDefault());
    }
}
