using System.Diagnostics.CodeAnalysis;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The step kinds of this build, found by looking through the assembly for <see cref="StepKindAttribute"/>: there is
/// no list to edit. Immutable and thread-safe.
/// </summary>
public sealed class StepCatalog : IStepCatalog
{
    private readonly Dictionary<string, StepRegistration> _byName;

    /// <summary>The one catalog of this build.</summary>
    public static StepCatalog BuiltIn { get; } = new(StepRegistration.Scan(typeof(StepCatalog).Assembly));

    internal StepCatalog(IReadOnlyList<StepRegistration> registrations)
    {
        Registrations = registrations;
        Kinds = [.. registrations.Select(registration => registration.Kind)];
        _byName = registrations.ToDictionary(registration => registration.Kind.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<StepKind> Kinds { get; }

    internal IReadOnlyList<StepRegistration> Registrations { get; }

    public bool TryFind(string uses, [NotNullWhen(true)] out StepKind? kind)
    {
        kind = _byName.GetValueOrDefault(uses)?.Kind;
        return kind is not null;
    }

    internal StepRegistration? Find(string uses) => _byName.GetValueOrDefault(uses);
}
