using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>The documents that people and programs attach to the run: the newest version of each.</summary>
internal sealed partial class RolloutRun
{
    private readonly Dictionary<string, RunDocument> documents = [];

    /// <summary>What the run was started with stands in its record like what comes later.</summary>
    private void TakeDocumentsOfStart()
    {
        foreach (var document in input.Documents) Record(document, reason: null, commandId: null);
    }

    private void TakeDocument(RunSignal signal)
    {
        if (signal.Document is not { } document) return;
        // The same news twice is one document.
        if (documents.TryGetValue(document.Name, out var known) && known.Version >= document.Version) return;
        Record(document, signal.Reason, signal.CommandId);
        if (openStageInstance is { } instance) context.SendEvent(instance, OrchestrationNames.ControlEvent, StageControl.Attached(document));
    }

    /// <summary>When the last attempt at the stage was rolled back; null where there was none, or it was not.</summary>
    private DateTimeOffset? RolledBackAt(Stage stage) =>
        stageStatuses.First(status => status.Name == stage.Name) is { State: StageState.RolledBack, EndedAt: { } at } ? at : null;

    private void Record(RunDocument document, string? reason, string? commandId)
    {
        documents[document.Name] = document;
        log.Write(RunLogKind.DocumentAttached, $"{document.By} attached {document}", lastStage?.Name, lastStage is null ? null : AttemptOf(lastStage.Name),
            actor: document.By, reason: reason, commandId: commandId, data: document);
    }
}
