using System.Globalization;

namespace RolloutWorkflows.Playbooks;

/// <summary>One thing that is wrong or doubtful in a playbook or in the inputs of a run.</summary>
public sealed record Problem
{
    /// <summary>The stable code, such as <c>RW1010</c>; <see cref="ProblemCodes"/> explains it.</summary>
    public required string Code { get; init; }

    public required ProblemSeverity Severity { get; init; }

    /// <summary>The file's name as it was given.</summary>
    public required string File { get; init; }

    /// <summary>From 1; 0 where the problem has no place in a file.</summary>
    public int Line { get; init; }

    /// <summary>From 1; 0 where the problem has no place in a file.</summary>
    public int Column { get; init; }

    /// <summary>Where in the document, such as <c>spec.stages[2].soak.for</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>What is wrong; what was expected and what stands there; what was probably meant.</summary>
    public required string Message { get; init; }

    /// <summary><c>file:line:column CODE what; expected X, got Y; did you mean 'Z'?</c></summary>
    public override string ToString() => Line > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column} {Code} {Message}")
        : $"{File} {Code} {Message}";
}
