using Spectre.Console;

namespace RolloutWorkflows.Cli;

/// <summary>A run as a picture that is redrawn in place; for terminals.</summary>
internal sealed class LiveRunView(Terminal terminal) : IRunView
{
    private readonly RunPicture picture = new();

    public async Task<RunMoment> ShowUntilAsync(RunFeed feed, Func<RunMoment, bool> until, CancellationToken cancellation)
    {
        RunMoment moment = null!;
        // A picture that is only paused for a question makes room for it; the last one stays.
        var display = terminal.Ansi.Live(new Text("")).AutoClear(true).Overflow(VerticalOverflow.Crop);
        await display.StartAsync(async live =>
        {
            do
            {
                moment = await feed.NextAsync(cancellation);
                live.UpdateTarget(picture.Draw(moment));
                live.Refresh();
            }
            while (!until(moment));
            display.AutoClear = !moment.IsOver;
        });
        return moment;
    }
}
