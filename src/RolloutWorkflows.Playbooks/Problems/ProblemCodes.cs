using System.Reflection;

namespace RolloutWorkflows.Playbooks;

/// <summary>
/// Every code that reading, validating and starting a playbook can report, in one place. The page under
/// <c>docs/errors</c> is generated from here. A code keeps its meaning for ever; new ones get new numbers.
/// </summary>
public static partial class ProblemCodes
{
    /// <summary>All codes, in order.</summary>
    public static IReadOnlyList<ProblemCode> All =>
    [
        .. typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(member => member.FieldType == typeof(ProblemCode))
            .Select(member => (ProblemCode)member.GetValue(null)!)
            .OrderBy(code => code.Code, StringComparer.Ordinal),
    ];
}
