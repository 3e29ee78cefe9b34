using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Problems;

/// <summary>Collects the problems of one file and knows where each path of it stands.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<Problem> _problems = [];
    private readonly HashSet<(Place Place, string Code, string Message)> _seen = [];
    private SourceMap _map = new(null);

    public bool HasErrors => _problems.Any(problem => problem.Severity == ProblemSeverity.Error);

    /// <summary>From here on, problems can be placed by their path.</summary>
    public void Use(SourceMap map) => _map = map;

    /// <summary>Reports at the value of that path, or at the nearest part above it that the file has.</summary>
    public void Add(ProblemCode code, string path, string message) => AddAt(code, path, _map.ValueAt(path), message);

    /// <summary>Reports at the key of that path.</summary>
    public void AddAtKey(ProblemCode code, string path, string message) => AddAt(code, path, _map.KeyAt(path), message);

    public void AddAt(ProblemCode code, string path, Place place, string message)
    {
        // An aliased part is checked at each of its uses; its reader needs to hear of a mistake once.
        if (!_seen.Add((place, code.Code, message))) return;
        _problems.Add(new Problem
        {
            Code = code.Code,
            Severity = code.Severity,
            File = file,
            Line = place.Line,
            Column = place.Column,
            Path = path,
            Message = message,
        });
    }

    /// <summary>True where that very path was reported already.</summary>
    public bool HasProblemAt(string path) => _problems.Any(problem => problem.Path == path);

    /// <summary>All problems in the order of the file.</summary>
    public IReadOnlyList<Problem> InOrder() =>
        [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).ThenBy(problem => problem.Code, StringComparer.Ordinal)];
}
