namespace RolloutWorkflows.Playbooks;

/// <summary>A GitHub deployment that shows the run, with a status for each stage.</summary>
public sealed record DeploymentChannel
{
    /// <summary><c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>The environment, such as <c>production</c>, or an expression.</summary>
    public required string Environment { get; init; }

    /// <summary>The branch, tag or commit that is rolled out, or an expression.</summary>
    public required string Ref { get; init; }
}
