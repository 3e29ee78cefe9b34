using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Playbooks.Tests;

public sealed class PlaybookPlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Category", "Generated")]
    public void Web4_PlannedFromAMonday_PrintsEveryGate()
    {
        var playbook = Load(Repository.Read("playbooks", "web4-mycelia.yaml"));

        GeneratedFile.AssertUpToDate(
            PlanText.Render(Plan(playbook)),
            "tests", "RolloutWorkflows.Playbooks.Tests", "Planning", "web4-mycelia.plan.txt");
    }

    [Fact]
    public void Gates_Ranges_AddUpAlongTheStages()
    {
        var plan = Plan(Load(
            """
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: ranges }
            spec:
              rollback: { to: start }
              watch: { for: 24h }
              stages:
                - name: one
                  steps: [ { uses: flag/rollout, with: { flag: f, percent: 1 } } ]
                  soak: { for: 24h, atMost: 48h }
                  approval: { approvers: [ { group: captains } ], timeout: 3d }
                - name: two
                  steps: [ { uses: flag/rollout, with: { flag: f, percent: 10 } } ]
                  soak: { for: 3d }
            """));

        Assert.Equal((Start.AddDays(1), Start.AddDays(2)), Times(plan, 0, GateKind.Soak));
        Assert.Equal((Start.AddDays(1), Start.AddDays(5)), Times(plan, 0, GateKind.Approval));
        Assert.Equal((Start.AddDays(1), Start.AddDays(5)), Times(plan, 1, GateKind.Steps));
        Assert.Equal((Start.AddDays(4), Start.AddDays(11)), Times(plan, 1, GateKind.Promotion));
        Assert.Equal((Start.AddDays(5), Start.AddDays(12)), (plan.EarliestEnd, plan.LatestEnd));
    }

    [Fact]
    public void Approval_WithoutTimeout_LeavesTheLatestOpen()
    {
        var plan = Plan(Load(Stages("- { name: one, approval: { approvers: [ { group: captains } ] } }", "- { name: two, soak: { for: 1h } }")));

        Assert.Equal((Start, null), Times(plan, 0, GateKind.Approval));
        Assert.Equal((Start.AddHours(1), null), (plan.EarliestEnd, plan.LatestEnd));
    }

    [Fact]
    public void Window_Closed_MovesTheStageAndIsLookedAtAgainAfterTheApproval()
    {
        var plan = Plan(Load(Stages(
            "- name: one",
            "  windows: { allow: [ { days: tue, hours: \"09:00-10:00\" } ] }",
            "  approval: { when: before, approvers: [ { group: captains } ], timeout: 1d }",
            "  steps: [ { uses: flag/set, with: { flag: f, value: true } } ]")));

        // Tuesday 3 March at nine; the day to answer is made of 24 Tuesdays with one open hour, and an answer at the end of
        // the last meets a window that has closed and waits for the next Tuesday.
        Assert.Equal((Start.AddHours(25), Start.AddHours(25)), Times(plan, 0, GateKind.Window));
        Assert.Equal((Start.AddHours(25), Start.AddHours(26).AddDays(23 * 7)), Times(plan, 0, GateKind.ApprovalBefore));
        Assert.Equal((Start.AddHours(25), Start.AddHours(25).AddDays(24 * 7)), Times(plan, 0, GateKind.Steps));
    }

    [Fact]
    public void Window_ThatNeverOpens_IsSaid()
    {
        var plan = Plan(Load(Stages("- { name: one, windows: { allow: [ { to: 2026-01-01 } ] }, soak: { for: 1h } }")));

        Assert.Null(plan.EarliestEnd);
        Assert.Contains("never: a window does not open", PlanText.Render(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Stages_NeedingTheSameOne_RunBesideEachOther()
    {
        var plan = Plan(Load(Stages(
            "- { name: first, soak: { for: 1h } }",
            "- { name: last, needs: [left, right], soak: { for: 1h } }",
            "- { name: left, needs: [first], soak: { for: 2h } }",
            "- { name: right, needs: [first], soak: { for: 5h } }")));

        Assert.Equal(Start.AddHours(7), plan.EarliestEnd);
    }

    [Theory]
    [InlineData("failureLimit: 2", "3m")]
    [InlineData("failureLimit: 0", "1m")]
    [InlineData("failureLimit: 10, consecutiveFailureLimit: 2", "3m")]
    [InlineData("consecutiveFailureLimit: 4", "5m")]
    [InlineData("failureLimit: 2, interval: 30s", "1m30s")]
    [InlineData("failureLimit: 2, initialDelay: 10m", "12m")]
    public void Guardrail_WorstDetection_CountsWhatIsTolerated(string limits, string expected)
    {
        var plan = Plan(Load(
            $$"""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: guarded }
            spec:
              metrics: { m: { source: s, value: v } }
              guardrails: [ { metric: m, failureCondition: result > 5%, {{limits}} } ]
              stages: [ { name: one, soak: { for: 1h } } ]
            """));

        Assert.Equal(expected, PlaybookDuration.Format(plan.Guardrails[0].WorstDetection));
    }

    [Fact]
    public void Rollback_OfALateStage_TakesBackNewestFirstAndNamesWhatStays()
    {
        var playbook = Load(Repository.Read("playbooks", "rpp-chain.yaml"));

        var plan = PlaybookPlan.Create(playbook, ChainInputs(playbook, "2026-03-10", "2026-03-20"), Start, StepCatalog.BuiltIn);

        var mainnet = plan.Stages[^1].Rollback;
        Assert.Equal("stage canary-witness", mainnet.To);
        Assert.Equal(["config/gates nodes/{node}/node.toml of mainnet: as it was before", "http/request (deploy) of mainnet: http/request", "http/request (freeze) of mainnet: http/request"], mainnet.Compensation);
        var development = plan.Stages[0].Rollback;
        Assert.Equal(["http/request (deploy) of development: http/request"], development.Compensation);
        Assert.Equal(["development: github/workflow (smoke-observability)", "development: github/workflow (smoke-pipeline)"], development.LeftInPlace);
        Assert.Contains("testnet: github/workflow (regression)", plan.Irreversible);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 0, 0, 0, TimeSpan.Zero), plan.Stages[1].Gates[0].Earliest);
    }

    [Fact]
    public void Window_WhoseInputIsNoDate_IsNotedAndTakenAsOpen()
    {
        var playbook = Load(Repository.Read("playbooks", "rpp-chain.yaml"));

        var plan = PlaybookPlan.Create(playbook, ChainInputs(playbook, "soon", "later"), Start, StepCatalog.BuiltIn);

        Assert.Equal(["stage 'testnet': a window cannot be read; expected a date or moment such as 2026-12-20 or 2026-12-20T09:00, got 'soon'; the plan takes the window to be open"], plan.Notes.Where(note => !note.Contains("the owner", StringComparison.Ordinal)));
    }

    private static IReadOnlyDictionary<string, JsonElement> ChainInputs(Playbook playbook, string from, string to) => InputBinder.Bind(playbook, new Dictionary<string, JsonElement>
    {
        ["commit"] = JsonSerializer.SerializeToElement(new string('a', 40)),
        ["windowStart"] = JsonSerializer.SerializeToElement(from),
        ["windowEnd"] = JsonSerializer.SerializeToElement(to),
        ["maintenanceStart"] = JsonSerializer.SerializeToElement("2026-04-07"),
        ["maintenanceEnd"] = JsonSerializer.SerializeToElement("2026-04-09"),
    }).Values!;

    private static (DateTimeOffset? Earliest, DateTimeOffset? Latest) Times(PlaybookPlan plan, int stage, GateKind kind)
    {
        var gate = plan.Stages[stage].Gates.First(gate => gate.Kind == kind);
        return (gate.Earliest, gate.Latest);
    }

    private static string Stages(params string[] lines) =>
        "apiVersion: rolloutworkflows/v1\nkind: Playbook\nmetadata: { name: planned }\nspec:\n  stages:\n" + string.Concat(lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"    {line}\n")));

    private static PlaybookPlan Plan(Playbook playbook)
    {
        var binding = InputBinder.Bind(playbook, new Dictionary<string, JsonElement>());
        return PlaybookPlan.Create(playbook, binding.Values!, Start, StepCatalog.BuiltIn);
    }

    private static Playbook Load(string yaml)
    {
        var result = PlaybookLoader.Load(yaml, "plan.yaml", StepCatalog.BuiltIn);
        Assert.Equal("", string.Join('\n', result.Problems.Where(problem => problem.Severity == ProblemSeverity.Error)));
        return result.Playbook!;
    }
}
