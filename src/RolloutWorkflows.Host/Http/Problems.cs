using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>The problems that several routes answer with.</summary>
internal static class Problems
{
    public static ProblemException BadRequest(string detail, string remedy, IReadOnlyList<string>? problems = null) =>
        Of(StatusCodes.Status400BadRequest, "bad-request", "The request cannot be understood", detail, remedy, problems);

    public static ProblemException RunNotFound(string runId) =>
        Of(StatusCodes.Status404NotFound, "run-not-found", "There is no such rollout", $"No rollout has the id '{runId}'.", "GET /api/rollouts lists them (`rollout list`).");

    public static ProblemException FlagNotFound(string flag) =>
        Of(StatusCodes.Status404NotFound, "flag-not-found", "There is no such flag", $"No flag is called '{flag}'.", "GET /flags lists them (`rollout flags list`); PUT /flags/{flag} makes one.");

    public static ProblemException BodyTooLarge(int maximum) =>
        Of(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is too large", $"Expected at most {maximum} bytes.", "Send less.");

    public static ProblemException Forbidden(string detail, string remedy) =>
        Of(StatusCodes.Status403Forbidden, "forbidden", "This request is refused", detail, remedy);

    public static ProblemException Of(int status, string code, string title, string detail, string? remedy = null, IReadOnlyList<string>? problems = null) =>
        new(new ApiProblem { Code = code, Title = title, Status = status, Detail = detail, Remedy = remedy, Problems = problems });
}
