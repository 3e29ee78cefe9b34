using System.Globalization;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>What an incident's issue and its comments say. Whatever comes from a playbook, a guardrail or a person is shown and does nothing. Pure.</summary>
internal static class IncidentText
{
    private const int LongestTitle = 240;

    public static string Title(IncidentOpenStep step) => IssueText.OneLine(step.Title, LongestTitle);

    /// <summary>Marks every incident of one run, stage and title.</summary>
    public static string Tag(string tag) => $"<!-- rollout:incident={tag} -->";

    /// <summary>The issue.</summary>
    public static string Body(IncidentMoment moment, string tag) =>
        $"""
        {Facts(moment)}
        {Measurements(moment)}
        The run is not promoted while this issue is open.

        {Tag(tag)}
        {IssueTags.Message(moment.MessageId)}
        """;

    /// <summary>The comment on an incident that stands already.</summary>
    public static string Again(IncidentMoment moment) =>
        $"""
        It happened again.

        {Facts(moment)}
        {Measurements(moment)}
        {IssueTags.Message(moment.MessageId)}
        """;

    private static string Facts(IncidentMoment moment)
    {
        var (step, request) = (moment.Step, moment.Request);
        var text = new StringBuilder();
        if (step.Impact is { Length: > 0 } impact) Line("Impact", IssueText.Inline(impact, 2000));
        Line("Severity", step.Severity);
        Line("Run", $"{IssueText.Code(request.RunId)} of playbook {IssueText.Code(request.Playbook)}, stage {IssueText.Code(request.Stage)}, attempt {request.Attempt}");
        if (moment.ReleaseIssue is { } issue) Line("Release issue", issue);
        if (step.ExpectedWithin is { } within) Line("Remedy expected by", IssueText.Time(moment.At + within));
        return text.ToString();

        void Line(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"- **{name}:** {value}\n");
    }

    private static string Measurements(IncidentMoment moment)
    {
        if (moment.Measurements.Count == 0) return $"No guardrail had been measured by {IssueText.Time(moment.At)}.\n";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**Measurements, as of {IssueText.Time(moment.At)}**\n\n| guardrail | verdict | value | measured | |\n|---|---|---|---|---|\n");
        foreach (var last in moment.Measurements)
            text.Append(CultureInfo.InvariantCulture, $"| {IssueText.Code(last.Guardrail)} | {last.Verdict} | {Number(last.Value)} | {IssueText.Time(last.MeasuredAt)} | {IssueText.Inline(last.Message)} |\n");
        return text.ToString();
    }

    private static string Number(double? value) => value is { } number ? number.ToString("0.######", CultureInfo.InvariantCulture) : "";
}
