namespace RolloutWorkflows.DurableTask;

/// <summary>Names an orchestrator or activity class; without it the class name is the name.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class DurableTaskAttribute : Attribute
{
    /// <param name="name">The name; null or empty for the class name.</param>
    public DurableTaskAttribute(string? name = null) => Name = string.IsNullOrEmpty(name) ? default : new TaskName(name);

    /// <summary>The given name, or the default value.</summary>
    public TaskName Name { get; }

    /// <summary>The version this class implements; by default it is unversioned.</summary>
    public string? Version { get; set; }
}
