namespace RolloutWorkflows.Host;

/// <summary>What the OpenAPI document says of a trigger beside its route and its method.</summary>
/// <param name="summary">One sentence.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class OperationAttribute(string summary) : Attribute
{
    public string Summary { get; } = summary;

    /// <summary>The body's type; null: it takes none.</summary>
    public Type? Takes { get; init; }

    /// <summary>The answer's type; null: it has no body.</summary>
    public Type? Gives { get; init; }

    /// <summary>The answer's status where all is well.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The query parameters that it reads.</summary>
    public string[] Query { get; init; } = [];

    /// <summary>The headers that it reads, beside those of every request.</summary>
    public string[] Headers { get; init; } = [];
}
