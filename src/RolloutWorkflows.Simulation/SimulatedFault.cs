using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Simulation;

/// <summary>Something that goes wrong in a simulated run: a metric reads otherwise from a moment of a stage on, or a step fails.</summary>
public sealed partial record SimulatedFault
{
    /// <summary>The metric, or the step's id.</summary>
    public required string Subject { get; init; }

    /// <summary>The stage in which it begins.</summary>
    public required string Stage { get; init; }

    /// <summary>For a metric: what it reads; null: no data. For a step: null.</summary>
    public double? Value { get; init; }

    /// <summary>For a step: true where it fails, false where it cannot be answered.</summary>
    public bool Fails { get; init; }

    public bool IsOfStep { get; init; }

    /// <summary>For a metric: how long after the stage's opening it begins.</summary>
    public TimeSpan After { get; init; }

    /// <summary>For a metric: how long it lasts; null: to the end.</summary>
    public TimeSpan? Lasts { get; init; }

    /// <summary>Reads <c>METRIC=VALUE@STAGE[+DELAY][/DURATION]</c> or <c>STEP=failed|errored@STAGE</c>.</summary>
    public static bool TryParse(string text, Playbook playbook, [NotNullWhen(true)] out SimulatedFault? fault, [NotNullWhen(false)] out string? problem)
    {
        (fault, problem) = (null, null);
        var written = Written().Match(text);
        if (!written.Success)
        {
            problem = $"'{text}' is no fault; expected METRIC=VALUE@STAGE[+DELAY][/DURATION], such as error-rate=20%@ten-percent+6h/30m, or STEP=failed@STAGE";
            return false;
        }

        var (subject, value, stage) = (written.Groups["subject"].Value, written.Groups["value"].Value, written.Groups["stage"].Value);
        if (playbook.FindStage(stage) is not { } found) problem = $"'{text}': the playbook has no stage '{stage}'; it has {string.Join(", ", playbook.Stages.Select(one => one.Name))}";
        else if (value is "failed" or "errored") fault = OfStep(subject, value, found, playbook, out problem);
        else fault = OfMetric(subject, value, written, playbook, out problem);
        return fault is not null;
    }

    private static SimulatedFault? OfStep(string subject, string value, Stage stage, Playbook playbook, out string? problem)
    {
        var steps = playbook.Preflight.Concat(stage.Ready).Concat(stage.Steps).Concat(stage.Criteria).Select(step => step.Id).ToList();
        problem = steps.Contains(subject) ? null : $"stage {stage.Name} has no step '{subject}'; it has {string.Join(", ", steps)}";
        return problem is null ? new SimulatedFault { Subject = subject, Stage = stage.Name, IsOfStep = true, Fails = value == "failed" } : null;
    }

    private static SimulatedFault? OfMetric(string subject, string value, Match written, Playbook playbook, out string? problem)
    {
        problem = null;
        if (!playbook.Metrics.ContainsKey(subject)) problem = $"the playbook has no metric '{subject}'; it has {string.Join(", ", playbook.Metrics.Keys)}";
        var number = value == "none" ? null : NumberOf(value);
        if (value != "none" && number is null) problem ??= $"'{value}' is no value; expected a number, a percentage such as 20%, or none for no data";
        var after = SpanOf(written.Groups["after"], ref problem);
        var lasts = SpanOf(written.Groups["lasts"], ref problem);
        return problem is not null ? null
            : new SimulatedFault { Subject = subject, Stage = written.Groups["stage"].Value, Value = number, After = after ?? TimeSpan.Zero, Lasts = lasts };
    }

    private static TimeSpan? SpanOf(Group written, ref string? problem)
    {
        if (!written.Success) return null;
        if (PlaybookDuration.TryParse(written.Value, out var span)) return span;
        problem ??= $"'{written.Value}' is no duration; expected one such as 30m or 6h";
        return null;
    }

    private static double? NumberOf(string text)
    {
        var percent = text.EndsWith('%');
        return double.TryParse(percent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? percent ? number / 100 : number : null;
    }

    [GeneratedRegex(@"^(?<subject>[^=@]+)=(?<value>[^@]+)@(?<stage>[a-z0-9-]+)(?:\+(?<after>[0-9a-zA-Z]+))?(?:/(?<lasts>[0-9a-zA-Z]+))?$")]
    private static partial Regex Written();
}
