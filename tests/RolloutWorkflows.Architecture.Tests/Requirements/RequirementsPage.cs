using System.Globalization;
using System.Text;

namespace RolloutWorkflows.Architecture.Tests.Requirements;

/// <summary>Writes docs/requirements.md.</summary>
internal static class RequirementsPage
{
    /// <param name="shown">Which test shows what.</param>
    /// <param name="resultOf">What became of a test.</param>
    public static string Write(IReadOnlyList<ShownRequirement> shown, Func<string, string> resultOf)
    {
        var page = new StringBuilder("""
            # What the five playbooks ask for, and the tests that show it

            Each row comes from at least one of the five rollout pages that the [shipped playbooks](../playbooks) carry out. It is shown
            by tests that drive such a playbook from end to end on virtual time: one where all goes well, and one where something
            goes wrong. `eng/requirements.sh` runs them and writes this page from what they say and from what became of them.


            """);
        foreach (var group in RequirementList.Groups)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {group.Title}\n| row | playbook | the good way | a bad way | result |\n| --- | --- | --- | --- | --- |\n");
            foreach (var row in group.Rows) WriteRow(page, row, [.. shown.Where(one => one.Row == row.Id)], resultOf);
            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void WriteRow(StringBuilder page, RequirementRow row, IReadOnlyList<ShownRequirement> shown, Func<string, string> resultOf)
    {
        var what = $"**{row.Id}** {row.Asks}";
        if (shown.Count == 0) page.Append(CultureInfo.InvariantCulture, $"| {what} | {string.Join(", ", row.Playbooks)} | | | {row.ShownElsewhere ?? "not shown yet"} |\n");
        foreach (var playbook in shown.GroupBy(one => one.Playbook).OrderBy(playbook => playbook.Key, StringComparer.Ordinal))
        {
            var results = playbook.Select(one => resultOf(one.Test)).Distinct().Order(StringComparer.Ordinal);
            page.Append(CultureInfo.InvariantCulture, $"| {what} | {playbook.Key} | {Tests(playbook, isBadWay: false)} | {Tests(playbook, isBadWay: true)} | {string.Join(", ", results)} |\n");
            what = "";
        }
    }

    private static string Tests(IEnumerable<ShownRequirement> shown, bool isBadWay) =>
        string.Join("<br>", shown.Where(one => one.IsBadWay == isBadWay).Select(one => $"`{one.Test}`"));
}
