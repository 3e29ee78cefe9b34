namespace RolloutWorkflows.Host.Tests.People;

public sealed class PeopleFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Person_WithBothAccounts_IsRead()
    {
        var ada = PeopleFile.Read(folder.Write("people.yaml", "persons: { ada: { gitHub: 5000000000, slack: T024BE7LD/U012AB3CD } }")).Persons["ada"];
        Assert.Equal((5_000_000_000, "T024BE7LD/U012AB3CD"), (ada.GitHub, ada.Slack));
    }

    [Theory]
    [InlineData("persons: { ada: { slack: '@ada' } }", "people.yaml:1:26: expected Slack's TEAM/USER ids such as T024BE7LD/U012AB3CD, got '@ada'; a name can be taken over.")]
    [InlineData("persons: { ada: { slack: U012AB3CD } }", "expected Slack's TEAM/USER ids")]
    [InlineData("persons: { ada: { gitHub: 7 }, bob: { github: 7 } }", "people.yaml: the github account 7 belongs to ada and bob; leave it with one person, since a person votes once.")]
    [InlineData("persons: { ada: { slack: T024BE7LD/U012AB3CD }, bob: { slack: T024BE7LD/U012AB3CD } }", "the slack account T024BE7LD/U012AB3CD belongs to ada and bob")]
    public void File_WhoseAccountsDoNotNameOnePersonEach_IsRefused(string text, string expected) =>
        Assert.Contains(Assert.Throws<HostConfigurationException>(() => PeopleFile.Read(folder.Write("people.yaml", text))).Problems, problem => problem.Contains(expected, StringComparison.Ordinal));
}
