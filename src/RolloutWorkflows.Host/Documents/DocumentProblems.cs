using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>The problems of documents.</summary>
internal static class DocumentProblems
{
    public static ProblemException Name(string name) =>
        Problems.BadRequest($"'{name}' is no name of a document; expected {DocumentName.Expected}.", "Give it such a name.");

    public static ProblemException TooLarge(string name) =>
        Problems.Of(StatusCodes.Status413PayloadTooLarge, "document-too-large", "The document is too large", $"'{name}' is larger than {NewDocument.MaximumBytes} bytes (4 MiB). Nothing was kept.", "Attach a summary that names where the whole stands, or compress it.");

    public static ProblemException Empty(string name) => Problems.BadRequest($"'{name}' is empty. Nothing was kept.", "Attach a document with something in it.");

    public static ProblemException TooMany(RunDocumentsFullException full) =>
        Problems.Of(StatusCodes.Status409Conflict, "too-many-documents", "The run has too many documents", $"{full.Message}.", "Attach fewer: one document may hold the results of many tests.");

    public static ProblemException NotFound(string runId, string name, int? version) =>
        Problems.Of(StatusCodes.Status404NotFound, "document-not-found", "There is no such document", $"{runId} has no document '{name}'{(version is null ? "" : FormattableString.Invariant($" of version {version}"))}.", "GET /api/rollouts/{id}/documents lists them.");
}
