namespace RolloutWorkflows.Cli.Tests;

/// <summary>A playbook of two stages with an approval between them.</summary>
internal static class SamplePlaybook
{
    public const string Tiny = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: tiny, title: A tiny rollout }
        spec:
          inputs:
            flag: { type: string, default: bar }
            users: { type: list, items: string, default: [u1] }
          people:
            persons: { ada: { name: Ada }, grace: { name: Grace } }
            groups: { captains: [ada, grace] }
          rollback: { to: start, objective: 1m }
          stages:
            - name: some
              steps:
                - { id: canary, uses: flag/canary, with: { flag: "${{ inputs.flag }}", users: "${{ inputs.users }}" } }
                - { id: percentage, uses: flag/rollout, with: { flag: "${{ inputs.flag }}", percent: 10 } }
              approval: { approvers: [ { group: captains } ] }
            - name: everybody
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: "${{ inputs.flag }}", percent: 100 } } ]
        """;

    /// <param name="folder">The host's folder.</param>
    /// <param name="settings">More members of <c>extensions.rollout</c>, as JSON without braces.</param>
    public static void Prepare(TemporaryFolder folder, string settings = "")
    {
        folder.Write("playbooks/tiny.yaml", Tiny);
        folder.Write("host.json", $$"""{ "extensions": { "rollout": { {{(settings.Length > 0 ? $"{settings}," : "")}} "allowPlaybookPeople": true, "grants": { "*": { "flags": ["*"] } } } } }""");
    }
}
