namespace RolloutWorkflows.Playbooks;

/// <summary>What an expression refers to.</summary>
public enum ReferenceKind
{
    /// <summary><c>inputs.NAME</c></summary>
    Input,

    /// <summary><c>steps.ID.outputs.NAME</c></summary>
    Output,

    /// <summary><c>run.NAME</c></summary>
    Run,

    /// <summary><c>item</c>, in a step with <c>forEach</c>.</summary>
    Item,

    /// <summary><c>secrets.NAME</c>, resolved only inside the activity.</summary>
    Secret,
}
