using System.Text.RegularExpressions;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Finds the run that a slash command means: the one it names, else the only one whose thread is in the channel, else the only one that is live. Thread-safe.</summary>
internal sealed partial class SlashRuns(RunReader reader, IChannelMemories memories)
{
    private const string Channel = "slack";

    /// <summary>Under which the thread's channel and first message are kept.</summary>
    private const string Thread = "thread";

    /// <summary>The run that is meant and what is left of the text; or why none can be told, in Slack's markup.</summary>
    public async Task<SlashTarget> FindAsync(SlashCall call, string text, CancellationToken cancellation)
    {
        var (word, rest) = Split(text);
        var named = word.Trim('`');
        var live = await reader.LiveAsync(cancellation);
        if (live.FirstOrDefault(run => run.RunId == named) is { } alive) return new SlashTarget(alive, rest);
        if (RunIdForm().IsMatch(named)) return await ReadAsync(named, cancellation) is { } ended ? new SlashTarget(ended, rest) : new SlashTarget(null, rest, $"No rollout has the id `{SlackText.Escape(named)}`. `{call.Command} runs` lists those that go on.");
        var here = new List<RunStatus>();
        foreach (var run in live)
            if (await IsInAsync(run.RunId, call.Place.Channel, cancellation)) here.Add(run);
        var candidates = here.Count > 0 ? here : live;
        return candidates.Count switch
        {
            1 => new SlashTarget(candidates[0], text.Trim()),
            0 => new SlashTarget(null, text, "No rollout is going on. Name one that has ended by its id."),
            _ => new SlashTarget(null, text, $"{candidates.Count} rollouts are going on{(here.Count > 0 ? " in this channel" : "")}, so name one by its id; `{call.Command} runs` lists them."),
        };
    }

    /// <summary>The live runs of which somebody may hear: those whose thread everybody in the channel reads, and those whose people they are.</summary>
    public async Task<IReadOnlyList<RunStatus>> HeardOfAsync(SlashCall call, CancellationToken cancellation)
    {
        var heard = new List<RunStatus>();
        foreach (var run in await reader.LiveAsync(cancellation))
            if (await MayHearAsync(call, run.RunId, cancellation)) heard.Add(run);
        return heard;
    }

    /// <summary>Whether somebody may hear how a run stands.</summary>
    public async Task<bool> MayHearAsync(SlashCall call, string runId, CancellationToken cancellation) =>
        await IsInAsync(runId, call.Place.Channel, cancellation) ||
        call.Sender.Identity.PersonIn((await reader.RequireAsync(runId, cancellation)).ReadInputAs<RolloutInput>()!.People) is not null;

    /// <summary>A text's first word, and what follows it.</summary>
    public static (string Word, string After) Split(string text)
    {
        var trimmed = text.Trim();
        var end = trimmed.AsSpan().IndexOfAny(" \t\r\n");
        return end < 0 ? (trimmed, "") : (trimmed[..end], trimmed[end..].Trim());
    }

    private async Task<bool> IsInAsync(string runId, string? channel, CancellationToken cancellation) =>
        channel is not null && (await memories.Of(runId, Channel).GetAsync(Thread, cancellation))?.StartsWith($"{channel}/", StringComparison.Ordinal) == true;

    private async Task<RunStatus?> ReadAsync(string runId, CancellationToken cancellation)
    {
        try
        {
            return RunReader.StatusOf(await reader.RequireAsync(runId, cancellation));
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[a-z0-9-]{1,80}-[0-9]{8}-[0-9a-z]{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex RunIdForm();
}
