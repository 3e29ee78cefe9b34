using System.Globalization;
using System.Text;
using System.Text.Json;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities;

/// <summary>Writes the documentation of step kinds from what the catalog knows of them.</summary>
public static class StepPage
{
    /// <summary>The page's file name, such as <c>flag-rollout.md</c>.</summary>
    public static string FileNameOf(StepKind kind) => kind.Name.Replace('/', '-') + ".md";

    /// <summary>One kind's page.</summary>
    public static string Write(StepKind kind)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# `{kind.Name}`\n\n{kind.Summary}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{RoleOf(kind)}\n");
        page.Append(CultureInfo.InvariantCulture, $"\n## Example\n\n```yaml\n{kind.Example}\n```\n");
        AppendParameters(page, kind);
        AppendOutputs(page, kind);
        return page.ToString();
    }

    /// <summary>The page that lists all kinds.</summary>
    public static string WriteIndex(IReadOnlyList<StepKind> kinds)
    {
        var page = new StringBuilder("# Step kinds\n\nWhat stands behind `uses:` in a playbook. `rollout steps` prints the same in a terminal. These pages are generated from the code.\n");
        foreach (var role in kinds.GroupBy(kind => kind.Role).OrderBy(role => role.Key))
        {
            page.Append(role.Key == StepRole.Action ? "\n## Actions\n\n" : "\n## Checks\n\n");
            page.Append("| kind | what it does |\n|---|---|\n");
            foreach (var kind in role)
                page.Append(CultureInfo.InvariantCulture, $"| [`{kind.Name}`]({FileNameOf(kind)}) | {Cell(kind.Summary)} |\n");
        }

        return page.ToString();
    }

    private static string RoleOf(StepKind kind) => kind.Role == StepRole.Check
        ? kind.HasSideEffects
            ? "A check that changes something to find out: as a guardrail it needs an `interval` of at least 5 minutes."
            : "A check: it stands wherever a verdict is wanted, and can be repeated as a guardrail."
        : kind.Effect switch
        {
            StepEffect.Reversible => "An action. What stood before is kept and restored on a rollback.",
            StepEffect.Irreversible => "An action without an inverse of its own: the step needs `undo` or `irreversible: true`.",
            _ => "An action. It leaves nothing behind that a rollback would have to take back.",
        };

    private static void AppendParameters(StringBuilder page, StepKind kind)
    {
        page.Append("\n## Configuration\n\n");
        page.Append("| key of `with` | type | | meaning |\n|---|---|---|---|\n");
        foreach (var parameter in kind.Parameters)
            page.Append(CultureInfo.InvariantCulture, $"| `{parameter.Name}` | {TypeOf(parameter)} | {PresenceOf(parameter)} | {Cell(parameter.Description)} |\n");
    }

    private static void AppendOutputs(StringBuilder page, StepKind kind)
    {
        if (kind.Outputs.Count == 0) return;
        page.Append("\n## Outputs\n\nRead by later steps as `${{ steps.ID.outputs.NAME }}`.\n\n| name | meaning |\n|---|---|\n");
        foreach (var (name, meaning) in kind.Outputs) page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {Cell(meaning)} |\n");
    }

    private static string TypeOf(StepParameter parameter)
    {
        var name = parameter.Values.Count > 0 ? string.Join(", ", parameter.Values.Select(value => $"`{value}`")) : Words(parameter.Type);
        return (parameter.Minimum, parameter.Maximum) switch
        {
            ({ } minimum, { } maximum) => string.Create(CultureInfo.InvariantCulture, $"{name}, {minimum}–{maximum}"),
            ({ } minimum, null) => string.Create(CultureInfo.InvariantCulture, $"{name}, at least {minimum}"),
            (null, { } maximum) => string.Create(CultureInfo.InvariantCulture, $"{name}, at most {maximum}"),
            _ => name,
        };
    }

    private static string PresenceOf(StepParameter parameter) =>
        parameter.Required ? "required"
        : parameter.Default is { } value ? $"default `{(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText())}`"
        : "optional";

    private static string Words(StepParameterType type) => type switch
    {
        StepParameterType.String => "text",
        StepParameterType.File => "file",
        StepParameterType.FileList => "list of files",
        StepParameterType.Number => "number",
        StepParameterType.Integer => "whole number",
        StepParameterType.Boolean => "true or false",
        StepParameterType.Duration => "duration",
        StepParameterType.Percent => "percentage",
        StepParameterType.Url => "address",
        StepParameterType.Condition => "condition",
        StepParameterType.MetricName => "metric",
        StepParameterType.ChannelName => "channel",
        StepParameterType.StringList => "list of texts",
        StepParameterType.MetricNameList => "list of metrics",
        StepParameterType.ChannelNameList => "list of channels",
        StepParameterType.ApproverList => "people and groups",
        StepParameterType.AddresseeList => "names of persons, groups and channels",
        StepParameterType.Baseline => "baseline",
        StepParameterType.StringMap => "names with texts",
        _ => "anything",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
