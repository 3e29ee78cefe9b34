using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>Roles stand for whoever fills them, and own duties and gates.</summary>
public sealed class RoleTests
{
    private static readonly Playbook Playbook = Load();

    [Fact]
    public void Approvers_NamedByRole_AreWhoeverFillsIt()
    {
        var approval = Assert.Single(Playbook.Stages[0].Approvals);

        Assert.Equal(
            [new Approver { Group = "operators", Role = "sre", Required = true }, new Approver { Person = "ada", Role = "product" }],
            approval.Approvers);
        Assert.Equal(["operators"], approval.EscalateTo);
    }

    [Fact]
    public void StepsOfPeople_NamedByRole_AreWhoeverFillsIt()
    {
        var step = Playbook.Stages[0].Ready[0];

        Assert.Equal("""[{"role":"sre","group":"operators"}]""", step.With["by"].GetRawText());
        Assert.Equal("""["ada"]""", step.With["escalateTo"].GetRawText());
    }

    [Fact]
    public void OwnerOverridesAndNotify_NamedByRole_AreWhoeverFillsIt()
    {
        Assert.Equal("ada", Playbook.Owner);
        Assert.Equal(["operators"], Playbook.Overrides);
        // An audience of the same name stays the audience, and whoever owns the guardrail hears as well.
        Assert.Equal(["platform", "operators"], Playbook.Guardrails[0].Notify);
    }

    [Fact]
    public void Owners_OfDutiesAndGates_AreFoundByName()
    {
        Assert.Equal(["sre"], Playbook.OwnersOf(Role.Rollback));
        Assert.Equal(["operators"], Playbook.OwnedBy("errors"));
        Assert.Empty(Playbook.OwnersOf("nothing"));
    }

    [Fact]
    public void Plan_SaysWhichRoleOwnsWhichGateAndWhichMilestoneIsReached()
    {
        var plan = PlanText.Render(PlaybookPlan.Create(Playbook, InputBinder.Bind(Playbook, new Dictionary<string, System.Text.Json.JsonElement>()).Values!, DateTimeOffset.UnixEpoch, StepCatalog.BuiltIn));

        Assert.Contains("guardrail errors: every 1m, at worst 1m until rollback [owned by sre]", plan, StringComparison.Ordinal);
        Assert.Contains("one (milestone M1: All green)", plan, StringComparison.Ordinal);
        Assert.Contains("ready: 1 check passes [owned by product: keys]", plan, StringComparison.Ordinal);
        Assert.Contains("approval: 2 of role sre, role product approve", plan, StringComparison.Ordinal);
        Assert.Contains("promotion: every guardrail is green; reaches M1", plan, StringComparison.Ordinal);
        Assert.Contains("rollback to stage-start [owned by sre]", plan, StringComparison.Ordinal);
    }

    private static Playbook Load()
    {
        var loaded = PlaybookLoader.Load(
            """
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: roles }
            spec:
              owner: product
              overrides: [sre]
              roles:
                product: { person: ada, owns: [keys] }
                sre: { group: operators, owns: [rollback, errors] }
                platform: { group: builders }
              channels: { platform: { webhook: platform } }
              metrics: { errors: { source: s, value: v } }
              guardrails: [ { metric: errors, interval: 1m, failureCondition: result > 1, notify: [platform] } ]
              stages:
                - name: one
                  milestone: { id: M1, title: All green }
                  ready: [ { id: keys, uses: signoff, with: { prompt: Rotated?, by: [ { role: sre } ], timeout: 1d, escalateTo: [product] } } ]
                  steps: [ { uses: flag/rollout, with: { flag: f, percent: 1 } } ]
                  soak: { for: 1h }
                  approval: { approvers: [ { role: sre, required: true }, { role: product } ], minApprovals: 2, timeout: 1d, escalateTo: [sre] }
            """, "roles.yaml", StepCatalog.BuiltIn);
        Assert.Empty(loaded.Problems);
        return loaded.Playbook!;
    }
}
