namespace RolloutWorkflows.Orchestrations;

/// <summary>A playbook may want what the checks came to in its release issue before anything is done.</summary>
internal sealed partial class StageRun
{
    private readonly HashSet<string> documented = [];
    private int awaitedMarks;

    /// <summary>Waits until the release issue shows the checks' results, however long that takes. False: it took so long that they are too old.</summary>
    private async Task<bool> DocumentChecksAsync()
    {
        if (!playbook.ReleaseIssue.DocumentBeforeProceeding || playbook.Preflight.Count + stage.Ready.Count == 0) return true;
        var since = context.CurrentUtcDateTime;
        var awaited = new AwaitedMark(context.InstanceId, $"{context.InstanceId}/{awaitedMarks++}");
        Tell(new RunSignal
        {
            Kind = RunSignalKind.DocumentationAwaited,
            From = context.InstanceId,
            Message = $"{stage.Name} waits until the release issue shows what its checks came to",
            Awaits = awaited,
        });
        await AwaitAsync(() => documented.Contains(awaited.Mark));
        // In real time, which is GitHub's, also where the playbook's is compressed.
        return context.CurrentUtcDateTime - since <= ChecksStayGoodFor;
    }
}
