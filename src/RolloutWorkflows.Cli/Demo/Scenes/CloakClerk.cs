using System.Text;
using System.Text.RegularExpressions;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>Whoever runs the tests and gathers evidence: attaches what the run holds for and has it try again, and gives each beta its evidence of paid runs.</summary>
internal sealed partial class CloakClerk(DemoCast cast) : DemoActor
{
    private static readonly Dictionary<string, (string Name, string Text)> Evidence = new()
    {
        ["web-operator-beta"] = ("paid-run-evidence", "42 paid runs of six operators, each with its settlement.\n"),
        ["mobile-beta"] = ("mobile-paid-run", "paid run on mobile: succeeded\npaid: 0.02 USDC, settled\n"),
    };

    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    public override bool HasWork(RolloutDetails details) => Missing(details.Run) is not null || MustGive(details.Run);

    public override bool MindsHold(RunStatus run) => Missing(run) is not null;

    public override async Task WorkAsync(RolloutDetails details, CancellationToken cancellation)
    {
        var run = details.Run;
        if (Missing(run) is { } name)
        {
            await AttachAsync(run, name, FormattableString.Invariant($"# {name}\n\nAll green, run {given.Count + 1}.\n"), cancellation);
            given.Add(FormattableString.Invariant($"{name} {given.Count}"));
            await cast.People[cast.Captain].CommandAsync(run.RunId, "retry", new CommandRequest { Reason = $"{name} is attached", Via = "demo" }, cancellation);
            return;
        }

        var (document, text) = Evidence[run.Stage!];
        await AttachAsync(run, document, text, cancellation);
        given.Add(run.Stage!);
    }

    private bool MustGive(RunStatus run) => run is { State: RunState.Soaking, Stage: { } stage } && Evidence.ContainsKey(stage) && !given.Contains(stage);

    /// <summary>The document for want of which the run holds.</summary>
    private static string? Missing(RunStatus run) =>
        run.State == RunState.Holding && run.Accepts.Contains(RunVerb.Retry) && Wanted().Match(run.Because) is { Success: true } wanted ? wanted.Groups[1].Value : null;

    private async Task AttachAsync(RunStatus run, string name, string text, CancellationToken cancellation)
    {
        var answer = await cast.People[cast.Captain].AttachAsync(run.RunId, name, Encoding.UTF8.GetBytes(text), "text/markdown", null, cancellation);
        cast.Terminal.Note($"  {cast.Captain} attaches {answer.Document}.");
    }

    [GeneratedRegex(@"rollout attach \S+ --document (\S+) FILE")]
    private static partial Regex Wanted();
}
