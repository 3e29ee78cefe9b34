namespace RolloutWorkflows.Host;

/// <summary>Ends a request with a problem answer.</summary>
internal sealed class ProblemException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblem Problem { get; } = problem;

    /// <summary>Headers of the answer, such as <c>Retry-After</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public ProblemException With(string header, string value) =>
        new(Problem) { Headers = new Dictionary<string, string>(Headers) { [header] = value } };
}
