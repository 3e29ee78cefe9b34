using System.Text;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>The page that explains every code.</summary>
internal static class ErrorPage
{
    public static string Render()
    {
        var page = new StringBuilder(
            """
            # Error codes of playbooks

            Each problem reads `file:line:column CODE what; expected X, got Y; did you mean 'Z'?`. Errors stop a playbook or a run
            from being started; warnings do not. Codes keep their meaning. This page follows from the code: `./build.sh generate`.


            """);
        foreach (var code in ProblemCodes.All)
        {
            var warning = code.Severity == ProblemSeverity.Warning ? " (warning)" : "";
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"## {code.Code}: {code.Title}{warning}\n- Cause: {code.Cause}\n- Fix: {code.Fix}\n\n");
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }
}
