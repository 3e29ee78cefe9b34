using System.CommandLine;
using System.Globalization;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout metric test PLAYBOOK METRIC</c>.</summary>
internal static class MetricCommand
{
    private static readonly Argument<string> Playbook = new("PLAYBOOK") { Description = "The playbook's name in the server's catalog." };

    private static readonly Argument<string> Metric = new("METRIC") { Description = "One of the playbook's metrics." };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("metric", "Tries metrics before a run depends on them.")
        {
            Examples = [new("rollout metric test web4-mycelia error-rate", "Measures it once, and shows what each guardrail would say.")],
        };
        command.Add(Test(terminal));
        return command;
    }

    private static ExampledCommand Test(Terminal terminal)
    {
        var command = new ExampledCommand("test", "Measures a playbook's metric once, as a guardrail would, and shows what each guardrail on it says. Stores nothing.")
        {
            Remarks = "Ends with 0 where there is a value and no guardrail fails on it, else with 1.",
            Examples =
            [
                new("rollout metric test web4-mycelia error-rate", "Shows the query, the value and the verdicts."),
                new("rollout metric test web4-mycelia error-rate --json | jq .value", "Gives the value to a script."),
            ],
        };
        command.Add(Playbook);
        command.Add(Metric);
        foreach (var option in new Option[] { CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var path = $"api/playbooks/{Uri.EscapeDataString(parsed.GetRequiredValue(Playbook))}/metrics/{Uri.EscapeDataString(parsed.GetRequiredValue(Metric))}/test";
            var answer = await client.SendAsync<MetricTestAnswer>(HttpMethod.Post, path, new { }, cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(answer);
            else Write(terminal, answer);
            return answer.Kind == MetricReadingKind.Value && !answer.Guardrails.Any(guardrail => guardrail.Verdict == MeasurementVerdict.Failed) ? ExitCode.Ok : ExitCode.No;
        }));
        return command;
    }

    private static void Write(Terminal terminal, MetricTestAnswer answer)
    {
        var samples = answer.Samples is { } count ? string.Create(CultureInfo.InvariantCulture, $" of {count:0.######} samples") : "";
        var what = answer.Kind switch
        {
            MetricReadingKind.Value => string.Create(CultureInfo.InvariantCulture, $"{answer.Value:0.######}{samples}"),
            MetricReadingKind.NoData => $"no data: {answer.Reason}",
            _ => $"error: {answer.Reason}",
        };
        terminal.Line($"{answer.Metric}: {what}");
        if (answer.Note.Length > 0) terminal.Line($"  {answer.Note}");
        terminal.Line($"  asked {answer.Source} for {answer.Query}; it took {Spans.Of(answer.Took)}");
        if (answer.SamplesQuery is { } query) terminal.Line($"  samples: {query}");
        foreach (var guardrail in answer.Guardrails)
            terminal.Line($"  {guardrail.Name}{(guardrail.Stage is { } stage ? $" (stage {stage})" : "")}: {Words.Of(guardrail.Verdict)}, {guardrail.Message}");
        if (answer.Guardrails.Count == 0) terminal.Line("  No guardrail measures it.");
    }
}
