namespace RolloutWorkflows.DurableTask;

/// <summary>The name of an orchestrator or activity. Names compare without regard to case.</summary>
/// <param name="Name">The name as written; <see langword="null"/> only in the default value.</param>
public readonly record struct TaskName(string Name)
{
    public static implicit operator TaskName(string value) => string.IsNullOrEmpty(value) ? default : new(value);

    public static implicit operator string(TaskName value) => value.Name;

    public bool Equals(TaskName other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => Name is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    public override string ToString() => Name ?? string.Empty;
}
