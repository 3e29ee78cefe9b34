namespace RolloutWorkflows.Playbooks.Tests;

public sealed class PersonIdentitiesTests
{
    [Theory]
    [InlineData("T024BE7LD/U012AB3CD", true)]
    [InlineData("E024BE7LD/W012AB3CD", true)]
    [InlineData("U012AB3CD", false)]
    [InlineData("T024BE7LD/ada", false)]
    [InlineData("T024BE7LD/U012AB3CD/", false)]
    [InlineData("T024BE7LD/u012ab3cd", false)]
    [InlineData("", false)]
    public void Slack_IsTeamAndUser(string id, bool expected) => Assert.Equal(expected, PersonIdentities.IsSlack(id));

    [Fact]
    public void Shared_IsWhatTwoPersonsClaim()
    {
        var shared = Assert.Single(PersonIdentities.Shared(new Dictionary<string, Person>
        {
            ["ada"] = new() { GitHub = 7, Slack = "T0TEAM/U0ADA" },
            ["bob"] = new() { GitHub = 8, Slack = "T0TEAM/U0BOB" },
            ["cyn"] = new() { GitHub = 7 },
            ["dan"] = new(),
        }));
        Assert.Equal(("github", "7", "ada cyn"), (shared.Channel, shared.Id, string.Join(' ', shared.Persons)));
    }

    [Fact]
    public void GitHub_IdBeyond32Bits_IsRead()
    {
        var playbook = PlaybookLoader.Load("""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: big }
            spec:
              people: { persons: { ada: { github: 5000000000 } } }
              stages: [ { name: one, steps: [ { uses: flag/set, with: { flag: a, value: true } } ] } ]
            """, "big.yaml", TestCatalog.Instance).Playbook!;
        Assert.Equal(5_000_000_000, playbook.People!.Persons["ada"].GitHub);
    }
}
