namespace RolloutWorkflows.Activities.Tests;

public sealed class IncidentSearchTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly GitHubRepository Repository = GitHubRepository.Parse("chain/node");

    [Theory]
    [InlineData("high", null, true)]
    [InlineData("critical", null, true)]
    [InlineData("medium", null, false)]
    [InlineData(null, null, true)]
    [InlineData("high", 2, true)]
    [InlineData("high", 23, true)]
    [InlineData("high", 25, false)]
    [InlineData("low", 2, false)]
    public void Incident_OfSeverityAndTime_StandsInTheWayOrNot(string? severity, int? closedHoursAgo, bool inTheWay)
    {
        var found = IncidentSearch.InTheWay([Issue(1, severity, openedHoursAgo: 100, closedHoursAgo)], new IncidentNoneStep { For = TimeSpan.FromHours(24) }, Now);

        Assert.Equal(inTheWay, found.Count == 1);
    }

    [Fact]
    public void Incident_Closed_CountsOnlyWhereATimeIsStated() =>
        Assert.Empty(IncidentSearch.InTheWay([Issue(1, "high", 3, closedHoursAgo: 1)], new IncidentNoneStep(), Now));

    [Theory]
    [InlineData(71, null, false)]
    [InlineData(73, null, true)]
    [InlineData(72, null, true)]
    [InlineData(80, 1, true)]
    [InlineData(80, 20, false)]
    public void Incident_YoungerThanTolerated_IsPassedOver(int openedHoursAgo, int? closedHoursAgo, bool inTheWay)
    {
        var step = new IncidentNoneStep { For = TimeSpan.FromHours(24), OlderThan = TimeSpan.FromHours(72) };

        Assert.Equal(inTheWay, IncidentSearch.InTheWay([Issue(1, "high", openedHoursAgo, closedHoursAgo)], step, Now).Count == 1);
    }

    [Fact]
    public void Incidents_OfOtherLabelsAndPullRequests_AreNone()
    {
        GitHubIssue[] issues =
        [
            Issue(1, null, 100) with { Labels = ["conflict"] },
            Issue(2, null, 100) with { Labels = ["Conflict", "escrow"] },
            Issue(3, null, 100) with { Labels = ["conflict", "escrow"], IsPullRequest = true },
        ];

        Assert.Equal([2], IncidentSearch.InTheWay(issues, new IncidentNoneStep { Labels = ["conflict", "escrow"] }, Now).Select(issue => issue.Number));
    }

    [Fact]
    public void Description_OfIncidents_NamesEachWithItsPage()
    {
        var step = new IncidentNoneStep { For = TimeSpan.FromHours(24) };
        var found = IncidentSearch.InTheWay([Issue(4, "high", 30, closedHoursAgo: 2), Issue(3, "critical", 5)], step, Now);

        Assert.Equal(
            "chain/node has 2 incidents of severity high or above: #3 Rewards stalled (open, https://github.test/3); #4 Rewards stalled (closed 2026-03-02 07:00 UTC, https://github.test/4).",
            IncidentSearch.Describe(Repository, found, step));
        Assert.Equal("chain/node has no open incident of severity high or above, and had none within the last 1d.", IncidentSearch.Describe(Repository, [], step));
    }

    private static GitHubIssue Issue(int number, string? severity, int openedHoursAgo, int? closedHoursAgo = null) => new()
    {
        Id = number,
        Number = number,
        Title = "Rewards stalled",
        Body = "",
        State = closedHoursAgo is null ? GitHubState.Open : GitHubState.Closed,
        Labels = severity is null ? ["incident"] : ["incident", $"severity:{severity}"],
        CreatedAt = Now.AddHours(-openedHoursAgo),
        UpdatedAt = Now,
        ClosedAt = closedHoursAgo is { } hours ? Now.AddHours(-hours) : null,
        Url = $"https://github.test/{number}",
    };
}
