namespace RolloutWorkflows.Activities;

/// <summary>A run has as many documents as it may have.</summary>
public sealed class RunDocumentsFullException(string runId)
    : Exception(FormattableString.Invariant($"{runId} has {NewDocument.MaximumPerRun} versions of documents already, and takes no more"));
