using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>The frame of a review: Markdown in which <c>{{NAME}}</c> stands for what the run knows. Pure.</summary>
internal static partial class ReviewTemplate
{
    /// <summary>What may stand in a template.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["title", "run", "summary", "impact", "timeline", "detection", "recovery", "changed", "stays", "decisions", "measurements", "evidence"];

    /// <summary>The frame where the host has none of its own. What is set in italics and square brackets is for people to write.</summary>
    public const string Standard = """
        # {{title}}

        *Drafted from the run's own record. What stands in [brackets] is for people to write.*

        ## Summary
        {{summary}}

        [In two sentences for somebody who was not there: what happened, and why.]

        ## Impact
        {{impact}}

        [Who noticed what, how many, for how long; what it cost.]

        ## Timeline
        {{timeline}}

        ## Detection
        {{detection}}

        [Could it have been noticed earlier? By which guardrail?]

        ## Recovery
        {{recovery}}

        ### What changed, and what was restored
        {{changed}}

        ### What stays in place
        {{stays}}

        ## Who decided what
        {{decisions}}

        ## Measurements around it
        {{measurements}}

        ## Causes
        [What made it possible? Keep asking why. No names of people.]

        ## Follow-up
        - [ ] [What will be changed, by whom, by when]
        - [ ] [Which guardrail, check or criterion is missing or wrong]
        - [ ] [What of the playbook's way back was slow or done by hand]

        ## Evidence
        {{evidence}}

        """;

    /// <summary>The template with what is known; what it names otherwise stays, so that a typing error is seen.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> known) =>
        Place().Replace(template, match => known.TryGetValue(match.Groups[1].Value, out var text) ? text.TrimEnd('\n') : match.Value);

    [GeneratedRegex(@"\{\{\s*([a-z]+)\s*\}\}")]
    private static partial Regex Place();
}
