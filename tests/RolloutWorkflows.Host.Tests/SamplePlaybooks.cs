namespace RolloutWorkflows.Host.Tests;

/// <summary>Playbooks small enough to read in a test.</summary>
internal static class SamplePlaybooks
{
    /// <summary>Two stages of one flag, with an approval between them; no metrics, so nothing has to answer.</summary>
    public const string Tiny = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: tiny, title: A tiny rollout }
        spec:
          inputs:
            flag: { type: string, default: bar }
            share: { type: number, default: 10, minimum: 1, maximum: 50 }
          people:
            persons: { ada: { name: Ada }, grace: { name: Grace } }
            groups: { captains: [ada, grace] }
          rollback: { to: start, objective: 1m }
          stages:
            - name: some
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: "${{ inputs.flag }}", percent: "${{ inputs.share }}" } } ]
              approval: { approvers: [ { group: captains } ] }
            - name: everybody
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: "${{ inputs.flag }}", percent: 100 } } ]
        """;

    /// <summary>Needs a metric source.</summary>
    public const string Measured = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: measured }
        spec:
          metrics: { errors: { source: status, value: errorRate } }
          guardrails: [ { metric: errors, failureCondition: result > 5% } ]
          rollback: { to: start }
          stages:
            - name: some
              steps: [ { uses: flag/rollout, with: { flag: bar, percent: 10 } } ]
              soak: { for: 1h }
        """;

    /// <summary>Believes the playbook's own people, and lets it change any flag.</summary>
    public const string TrustingHost = """{ "extensions": { "rollout": { "allowPlaybookPeople": true, "grants": { "*": { "flags": ["*"] } } } } }""";

    public static void Prepare(TemporaryFolder folder)
    {
        folder.Write("playbooks/tiny.yaml", Tiny);
        folder.Write("host.json", TrustingHost);
    }
}
