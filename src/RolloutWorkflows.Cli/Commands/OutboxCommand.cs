using System.CommandLine;
using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary><c>rollout outbox …</c>: what runs have to say to the outside, and how far it got.</summary>
internal static class OutboxCommand
{
    private static readonly Argument<long> Id = new("ID") { Description = "The message's id, as `rollout outbox list` shows it." };

    private static readonly Option<string?> Run = new("--run") { Description = "Only messages of this run.", HelpName = "RUN" };

    private static readonly Option<OutboxState?> State = new("--state") { Description = "Only messages that are pending, delivered, parked or dropped.", HelpName = "STATE" };

    public static Command Create(Terminal terminal)
    {
        var command = new ExampledCommand("outbox", "Shows what runs have to say to their release issues, threads and webhooks, and what became of it.")
        {
            Remarks = "A message that cannot be delivered now is tried again by itself, for ever. One that is refused is parked: those after it go on, and people decide.",
            Examples =
            [
                new("rollout outbox list --state parked", "Shows what waits for a decision."),
                new("rollout outbox retry 17", "Has message 17 tried again at once."),
                new("rollout outbox drop 17 --reason \"the channel is gone\"", "Gives message 17 up."),
            ],
        };
        command.Add(List(terminal));
        command.Add(Change(terminal, "retry", "Has a message tried again at once that is parked or waits for its next try.", "rollout outbox retry 17 --reason \"the webhook is mended\""));
        command.Add(Change(terminal, "drop", "Gives a message up; the reason is recorded.", "rollout outbox drop 17 --reason \"the channel is gone\""));
        return command;
    }

    private static ExampledCommand List(Terminal terminal)
    {
        var command = new ExampledCommand("list", "Lists messages, oldest first, and channels that are behind.")
        {
            Examples =
            [
                new("rollout outbox list --run web4-mycelia-20260301-k7qa", "Shows what one run had to say."),
                new("rollout outbox list --state parked --json | jq -r '.items[].id'", "Gives the ids to a script."),
            ],
        };
        foreach (var option in new Option[] { Run, State, CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var page = await ReadAsync(client, parsed.GetValue(Run), parsed.GetValue(State), cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(page);
            else Write(terminal, page);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static ExampledCommand Change(Terminal terminal, string word, string description, string example)
    {
        var command = new ExampledCommand(word, description) { Examples = [new(example, description)] };
        command.Add(Id);
        foreach (var option in new Option[] { CommonOptions.Reason, CommonOptions.As, CommonOptions.Server, CommonOptions.Json }) command.Add(option);
        command.SetAction(ServerCall.Of(terminal, async (client, parsed, cancellation) =>
        {
            var request = new OutboxRequest { Actor = parsed.GetValue(CommonOptions.As), Reason = parsed.GetValue(CommonOptions.Reason) };
            var path = string.Create(CultureInfo.InvariantCulture, $"api/outbox/{parsed.GetRequiredValue(Id)}/{word}");
            var item = await client.SendAsync<OutboxItem>(HttpMethod.Post, path, request, cancellation);
            if (parsed.GetValue(CommonOptions.Json)) terminal.Json(item);
            else terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Message {item.Id} to {item.Lane} is {Words.Of(item.State)}."));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static async Task<OutboxPage> ReadAsync(RolloutClient client, string? run, OutboxState? state, CancellationToken cancellation)
    {
        var items = new List<OutboxItem>();
        var after = 0L;
        while (true)
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"api/outbox?top=1000&after={after}")
                + (run is null ? "" : $"&run={Uri.EscapeDataString(run)}") + (state is null ? "" : $"&state={Words.Of(state.Value)}");
            var page = await client.GetAsync<OutboxPage>(query, cancellation);
            items.AddRange(page.Items);
            if (page.Next is not { } next) return page with { Items = items };
            after = next;
        }
    }

    private static void Write(Terminal terminal, OutboxPage page)
    {
        if (page.Items.Count == 0) terminal.Note("No messages.");
        else
        {
            var table = new TextTable("ID", "RUN", "TO", "STATE", "TRIES", "NEXT TRY", "MESSAGE", "PROBLEM");
            foreach (var item in page.Items)
            {
                var next = item.NextTry is { } at ? Spans.Moment(at) : "-";
                table.Add(item.Id.ToString(CultureInfo.InvariantCulture), item.RunId, item.Lane, Words.Of(item.State), item.Attempts.ToString(CultureInfo.InvariantCulture), next, item.Summary, item.Problem ?? "-");
            }

            table.Write(terminal.Out);
        }

        foreach (var trouble in page.Troubles)
            terminal.Line($"{trouble.Lane} does not show {trouble.RunId} as it is now: {trouble.Problem}{(trouble.NextTry is { } at ? $"; tried again at {Spans.Moment(at)}" : "")}");
    }
}
