namespace RolloutWorkflows.Architecture.Tests.Requirements;

/// <summary>docs/requirements.md says what the tests say.</summary>
public sealed class RequirementsPageTests
{
    private static readonly string Page = Path.Combine(RepositoryFiles.Root, "docs", "requirements.md");

    [Fact]
    [Trait("Category", "Generated")]
    public void Page_IsWhatTheTestsSay()
    {
        // Whatever does not pass stops the build, so that what is generated may take it for granted.
        if (Environment.GetEnvironmentVariable("ROLLOUT_UPDATE_GENERATED") == "1") File.WriteAllText(Page, RequirementsPage.Write(RequirementSources.Read(), _ => "passed"));
        if (Environment.GetEnvironmentVariable("ROLLOUT_REQUIREMENT_RESULTS") is { Length: > 0 } folder)
        {
            var results = RequirementResults.Read(folder);
            File.WriteAllText(Page, RequirementsPage.Write(RequirementSources.Read(), test => results.GetValueOrDefault(test, "not run")));
        }

        // Nothing is shipped with a row whose tests do not pass.
        Assert.Equal(RequirementsPage.Write(RequirementSources.Read(), _ => "passed"), File.ReadAllText(Page));
    }

    [Fact]
    public void Tests_NameRowsAndPlaybooksThatExist()
    {
        var rows = RequirementList.Groups.SelectMany(group => group.Rows).Select(row => row.Id).ToHashSet();
        var playbooks = Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "playbooks"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet();
        var shown = RequirementSources.Read();
        Assert.NotEmpty(shown);
        Assert.DoesNotContain(shown, one => !rows.Contains(one.Row) || !playbooks.Contains(one.Playbook));
    }

    [Fact]
    public void Rows_AllOfThem_AreShownTheGoodWayAndABadWay()
    {
        var shown = RequirementSources.Read();
        var missing = RequirementList.Groups.SelectMany(group => group.Rows)
            .Where(row => row.ShownElsewhere is null && !(shown.Any(one => one.Row == row.Id && one.IsBadWay) && shown.Any(one => one.Row == row.Id && !one.IsBadWay)))
            .Select(row => row.Id);
        Assert.Empty(missing);
    }
}
