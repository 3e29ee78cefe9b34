using Xunit.v3;

namespace RolloutWorkflows.Scenarios;

/// <summary>
/// Says which row of docs/requirements.md a test shows for which playbook. The page is made of these and of the tests'
/// results; a row needs a test of the good way and one of a bad way.
/// </summary>
/// <param name="row">The row, such as <c>B3</c>.</param>
/// <param name="playbook">The shipped playbook, such as <c>web4-mycelia</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequirementAttribute(string row, string playbook) : Attribute, ITraitAttribute
{
    /// <summary>The name under which test runners list it.</summary>
    public const string Trait = "Requirement";

    public string Row { get; } = row;

    public string Playbook { get; } = playbook;

    /// <summary>True where the test shows what happens when things go wrong.</summary>
    public bool BadWay { get; init; }

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(Trait, $"{Row} {Playbook}{(BadWay ? " bad way" : "")}")];
}
