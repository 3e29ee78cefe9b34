using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Problems;

/// <summary>Collects the problems of one file and knows where each path of it stands.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<Problem> _problems = [];
    private readonly HashSet<(Place Place, string Code, string Message)> _seen = [];
    private HashSet<string> _unfit = [];
    private SourceMap _map = new(null);

    public bool HasErrors => _problems.Any(problem => problem.Severity == ProblemSeverity.Error);

    /// <summary>
    /// Ends the part that looks at the file itself. From here on problems are placed by their path, and nothing more is
    /// said about a path that does not fit the grammar: its value in the model means nothing.
    /// </summary>
    public void EndGrammar(SourceMap map)
    {
        _map = map;
        _unfit = [.. _problems.Select(problem => problem.Path)];
    }

    /// <summary>Reports at the value of that path, or at the nearest part above it that the file has.</summary>
    public void Add(ProblemCode code, string path, string message)
    {
        if (!_unfit.Contains(path)) AddAt(code, path, _map.ValueAt(path), message);
    }

    /// <summary>Reports at the key of that path.</summary>
    public void AddAtKey(ProblemCode code, string path, string message)
    {
        if (!_unfit.Contains(path)) AddAt(code, path, _map.KeyAt(path), message);
    }

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

    /// <summary>True where the value of that path does not fit the grammar.</summary>
    public bool IsUnfit(string path) => _unfit.Contains(path);

    /// <summary>All problems in the order of the file.</summary>
    public IReadOnlyList<Problem> InOrder() =>
        [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).ThenBy(problem => problem.Code, StringComparer.Ordinal)];
}
