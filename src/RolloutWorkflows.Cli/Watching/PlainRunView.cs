using System.Globalization;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>A run as lines: each entry of its record once, and a line at each quarter of a soak.</summary>
internal sealed class PlainRunView(Terminal terminal) : IRunView
{
    private (string Stage, int Attempt, int Quarter) shown;

    public async Task<RunMoment> ShowUntilAsync(RunFeed feed, Func<RunMoment, bool> until, CancellationToken cancellation)
    {
        while (true)
        {
            var moment = await feed.NextAsync(cancellation);
            foreach (var entry in moment.Telling) terminal.Line(RunText.Entry(entry));
            ShowSoak(moment.Details.Soak);
            if (until(moment)) return moment;
        }
    }

    private void ShowSoak(SoakStatus? soak)
    {
        if (soak is null || !SoakText.IsOfAnything(soak) || soak.Passed) return;
        var quarter = (int)(4 * SoakText.Share(soak));
        var now = (soak.Stage, soak.Attempt, quarter);
        if (quarter == 0 || now == shown) return;
        shown = now;
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{Spans.Clock(terminal.Time.GetUtcNow())}  soak      {soak.Stage}: {100 * SoakText.Share(soak):0} %, {RunText.Remains(soak)}"));
    }
}
