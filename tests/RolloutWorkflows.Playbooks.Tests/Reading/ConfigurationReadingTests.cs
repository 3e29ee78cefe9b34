using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Playbooks.Tests;

public sealed class ConfigurationReadingTests
{
    [Fact]
    public void With_WhereTheKindTakesText_KeepsWhatIsWritten()
    {
        var result = PlaybookLoader.Load(
            """
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: texts }
            spec:
              stages:
                - name: one
                  ready: [ { uses: http/probe, with: { url: "http://127.0.0.1:1/", headers: { X-Version: 1.10, X-On: true }, expectStatus: 204 } } ]
                  steps:
                    - { uses: env/set, with: { file: web, values: { ENABLED: true, VERSION: 1.10, EMPTY: "" } } }
                    - { uses: flag/canary, with: { flag: 8004, users: [1, ada, true] } }
                    - { uses: config/gates, with: { file: nodes, gates: { on: true, share: 0.50 } } }
                  rollback: { to: start }
            """, "texts.yaml", StepCatalog.BuiltIn);

        Assert.Equal("", string.Join('\n', result.Problems.Where(problem => problem.Severity == ProblemSeverity.Error)));
        var stage = result.Playbook!.Stages[0];
        Assert.Equal("""{"X-Version":"1.10","X-On":"true"}""", stage.Ready[0].With["headers"].GetRawText());
        Assert.Equal("204", stage.Ready[0].With["expectStatus"].GetRawText());
        Assert.Equal("""{"ENABLED":"true","VERSION":"1.10","EMPTY":""}""", stage.Steps[0].With["values"].GetRawText());
        Assert.Equal("\"8004\"", stage.Steps[1].With["flag"].GetRawText());
        Assert.Equal("""["1","ada","true"]""", stage.Steps[1].With["users"].GetRawText());
        Assert.Equal("""{"on":true,"share":0.5}""", stage.Steps[2].With["gates"].GetRawText());
    }

    [Fact]
    public void Ids_NotStated_ComeFromListKindAndPosition()
    {
        var playbook = PlaybookLoader.Load(Repository.Read("playbooks", "web4-mycelia.yaml"), "web4", StepCatalog.BuiltIn).Playbook!;

        Assert.Equal(["allowlist", "announce-2"], playbook.FindStage("canary")!.Steps.Select(step => step.Id));
        Assert.Equal(["criteria-metric-threshold-1", "criteria-metric-threshold-2", "criteria-metric-threshold-3"], playbook.FindStage("ten-percent")!.Criteria.Select(step => step.Id));
        Assert.Equal("approval", Assert.Single(playbook.FindStage("ten-percent")!.Approvals).Name);
    }
}
