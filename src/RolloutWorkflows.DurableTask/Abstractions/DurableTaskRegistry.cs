using System.Reflection;

namespace RolloutWorkflows.DurableTask;

/// <summary>The orchestrators and activities that a worker can run, by name and version.</summary>
public sealed partial class DurableTaskRegistry
{
    private static readonly Task<object?> Nothing = Task.FromResult<object?>(null);

    private readonly Dictionary<TaskKey, Func<IServiceProvider, ITaskOrchestrator>> _orchestrators = [];

    private readonly Dictionary<TaskKey, Func<IServiceProvider, ITaskActivity>> _activities = [];

    /// <summary>All registered orchestrators; a name appears once per version.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskOrchestrator>>> GetOrchestrators() =>
        _orchestrators.Select(entry => KeyValuePair.Create(entry.Key.Name, entry.Value));

    /// <summary>All registered activities; a name appears once per version.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskActivity>>> GetActivities() =>
        _activities.Select(entry => KeyValuePair.Create(entry.Key.Name, entry.Value));

    /// <summary>Finds what runs a name at a version: the exact version, or the unversioned registration when the name has no versioned one.</summary>
    internal Func<IServiceProvider, ITaskOrchestrator>? FindOrchestrator(TaskName name, string version) => Find(_orchestrators, name, version);

    /// <inheritdoc cref="FindOrchestrator"/>
    internal Func<IServiceProvider, ITaskActivity>? FindActivity(TaskName name, string version) => Find(_activities, name, version);

    private static T? Find<T>(Dictionary<TaskKey, T> tasks, TaskName name, string version)
        where T : class
    {
        if (tasks.TryGetValue(new(name, version), out T? exact))
            return exact;
        bool versioned = version.Length > 0 && tasks.Keys.Any(key => key.Name == name && key.Version != TaskVersion.Unversioned);
        return versioned ? null : tasks.GetValueOrDefault(new(name, TaskVersion.Unversioned));
    }

    private static void Add<T>(Dictionary<TaskKey, T> tasks, TaskName name, TaskVersion version, T factory, string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(name.Name, nameof(name));
        ArgumentNullException.ThrowIfNull(factory);
        if (!tasks.TryAdd(new(name, version), factory))
        {
            string suffix = version == TaskVersion.Unversioned ? string.Empty : $" with version '{version}'";
            throw new ArgumentException($"An {kind} named '{name}'{suffix} is already added.", nameof(name));
        }
    }

    private static void RequireConcrete<T>(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(T).IsAssignableFrom(type) || type.IsAbstract || type.ContainsGenericParameters)
            throw new ArgumentException($"'{type}' must be a concrete class that implements {typeof(T).Name}.", nameof(type));
    }

    private static TaskName NameOf(Type type) =>
        type.GetCustomAttribute<DurableTaskAttribute>(inherit: false) is { Name.Name: { Length: > 0 } } named ? named.Name : new(type.Name);

    private static TaskVersion VersionOf(Type type) => new(type.GetCustomAttribute<DurableTaskAttribute>(inherit: false)?.Version);
}
