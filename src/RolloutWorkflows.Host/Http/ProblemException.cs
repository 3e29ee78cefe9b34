namespace RolloutWorkflows.Host;

/// <summary>Ends a request with a problem answer.</summary>
internal sealed class ProblemException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblem Problem { get; } = problem;
}
