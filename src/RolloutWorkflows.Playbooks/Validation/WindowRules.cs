using System.Text.Json;
using RolloutWorkflows.Playbooks.Expressions;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>Rules about windows: the zone exists, and days, hours and dates can be read. Texts with expressions are read when a run starts.</summary>
internal static class WindowRules
{
    public static void Check(RuleContext context)
    {
        CheckWindows(context, context.Playbook.Windows, "spec.windows");
        foreach (var (stage, path) in context.Stages()) CheckWindows(context, stage.Windows, $"{path}.windows");
    }

    private static void CheckWindows(RuleContext context, Windows? windows, string path)
    {
        if (windows is null) return;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(windows.TimeZone, out var zone))
        {
            context.Problems.Add(ProblemCodes.UnknownTimeZone, $"{path}.timeZone", $"unknown time zone; expected an IANA name such as Europe/Berlin, got '{windows.TimeZone}'{Problems.Suggestion.For(windows.TimeZone, TimeZoneInfo.GetSystemTimeZones().Select(known => known.Id))}");
        }

        for (var i = 0; i < windows.Allow.Count; i++) CheckRule(context, windows.Allow[i], $"{path}.allow[{i}]", zone ?? TimeZoneInfo.Utc);
        for (var i = 0; i < windows.Deny.Count; i++) CheckRule(context, windows.Deny[i], $"{path}.deny[{i}]", zone ?? TimeZoneInfo.Utc);
    }

    private static void CheckRule(RuleContext context, WindowRule rule, string path, TimeZoneInfo zone)
    {
        if (rule is { Days: null, Hours: null, From: null, To: null })
        {
            context.Problems.Add(ProblemCodes.EmptyWindow, path, "the window has no span; expected days, hours, from or to");
        }

        ExpressionRules.CheckSettled(context, JsonSerializer.SerializeToElement(rule, PlaybookJson.Options), path);
        if (IsFixed(rule.Days) && !WindowDays.TryParse(rule.Days!, out _))
        {
            context.Problems.Add(ProblemCodes.InvalidDays, $"{path}.days", $"these are no days of the week; expected mon-thu or sat,sun, got '{rule.Days}'");
        }

        if (IsFixed(rule.Hours) && !WindowHours.TryParse(rule.Hours!, out _))
        {
            context.Problems.Add(ProblemCodes.InvalidHours, $"{path}.hours", $"these are no hours of the day; expected two times such as 09:00-16:00, got '{rule.Hours}'");
        }

        var from = Moment(context, rule.From, $"{path}.from");
        var to = Moment(context, rule.To, $"{path}.to");
        if (from?.Start(zone) >= to?.End(zone))
        {
            context.Problems.Add(ProblemCodes.WindowEndsBeforeStart, $"{path}.to", $"the window ends before it starts; expected a moment after '{rule.From}', got '{rule.To}'");
        }
    }

    private static WindowMoment? Moment(RuleContext context, string? text, string path)
    {
        if (!IsFixed(text)) return null;
        if (WindowMoment.TryParse(text!, out var moment)) return moment;
        context.Problems.Add(ProblemCodes.InvalidDate, path, $"this is no date or moment; expected 2026-12-20, 2026-12-20T09:00 or 2026-12-20T09:00:00Z, got '{text}'");
        return null;
    }

    private static bool IsFixed(string? text) => text is not null && !ExpressionText.HasExpression(text);
}
