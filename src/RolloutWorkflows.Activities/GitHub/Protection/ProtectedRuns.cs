using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Finds the run that an environment waits for.</summary>
internal sealed class ProtectedRuns(IRunLog log, IRunViews views)
{
    private const int MostRuns = 500;
    private const int Page = 100;

    /// <summary>The latest run of the rule's playbook that is about the revision; null: none among the latest 500 runs.</summary>
    public async Task<RunView?> FindAsync(ProtectionRule rule, ProtectionInput input, CancellationToken cancellation)
    {
        string? continuation = null;
        for (var seen = 0; seen < MostRuns; seen += Page)
        {
            var page = await log.ListAsync(Page, continuation, cancellation);
            foreach (var listing in page.Runs)
                if (await views.OfAsync(listing.RunId, cancellation) is { } view && ProtectionVerdict.IsAbout(view.Input, rule, input.Sha, input.Ref)) return view;
            continuation = page.Continuation;
            if (continuation is null) return null;
        }

        return null;
    }
}
