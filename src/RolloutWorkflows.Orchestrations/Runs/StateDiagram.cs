using System.Text;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Writes the transition table as the page <c>docs/state-machine.md</c>. Pure.</summary>
public static class StateDiagram
{
    /// <summary>The page: a diagram, then the table behind it.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder()
            .Append("# The states of a run\n\n")
            .Append("Generated from the transition table in code (`RunTransitions`); `./build.sh generate` rewrites it.\n\n")
            .Append("`Succeeded` and `Aborted` are final: only a `rollback` is still accepted, until another run has changed one of the same targets. `RolledBack` waits for people: `retry`, `rollback` (all the way) or `abort`.\n")
            .Append("`Hold`, `Rollback` and `Abort` count in every state of a run that goes forward, so the diagram draws them once.\n\n")
            .Append("```mermaid\nstateDiagram-v2\n    [*] --> Pending\n    state Forward {\n");
        foreach (var row in Between(RunTransitions.Forward)) page.Append($"        {row.From} --> {row.To}: {row.Trigger}\n");
        page.Append("    }\n");
        foreach (var row in RunTransitions.Table.Where(row => row.From == RunState.Pending && IsAhead(row))) page.Append($"    Pending --> {row.To}: {row.Trigger}\n");
        page.Append("    Forward --> Holding: Hold\n    Holding --> Forward: Resume\n    Forward --> RollingBack: Rollback\n    Forward --> Aborted: Abort\n    Forward --> RolledBack: SurfaceWaits\n");
        foreach (var row in RunTransitions.Table.Where(row => !RunTransitions.Forward.Contains(row.From) && row.From != RunState.Pending && row.To is not null))
        {
            page.Append($"    {row.From} --> {row.To}: {row.Trigger}\n");
        }

        foreach (var row in RunTransitions.Table.Where(row => row.To == RunState.Succeeded)) page.Append($"    {row.From} --> {row.To}: {row.Trigger}\n");
        page.Append("    Succeeded --> [*]\n    Aborted --> [*]\n```\n\n");
        page.Append("| from | trigger | to |\n| --- | --- | --- |\n");
        foreach (var row in RunTransitions.Table) page.Append($"| {row.From} | {row.Trigger} | {row.To?.ToString() ?? "the state it was held in"} |\n");
        return page.ToString();
    }

    private static IEnumerable<RunTransition> Between(IReadOnlyList<RunState> states) =>
        RunTransitions.Table.Where(row => states.Contains(row.From) && row.To is { } to && states.Contains(to) && row.From != to);

    private static bool IsAhead(RunTransition row) => row.To is { } to && RunTransitions.Forward.Contains(to);
}
