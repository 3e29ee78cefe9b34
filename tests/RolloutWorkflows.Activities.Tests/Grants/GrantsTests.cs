namespace RolloutWorkflows.Activities.Tests;

public sealed class GrantsTests
{
    private static readonly Grants Some = new(new Dictionary<string, PlaybookGrant>
    {
        ["web4-*"] = new()
        {
            Flags = ["intent_bar_*"],
            Repositories = ["chain/node", "web4/*"],
            Egress = [Origin("https://api.example.com")],
            Secrets = new Dictionary<string, IReadOnlyList<EgressGrant>> { ["TOKEN"] = [Origin("https://api.example.com")] },
        },
        ["rpp-chain"] = new() { Workflows = ["RPP/chain:deploy-*.yml"] },
        ["web4-mycelia"] = new() { Files = ["web/*.env"], Flags = ["applets"] },
    });

    [Theory]
    [InlineData("web4-mycelia", "intent_bar_v1", true)]
    [InlineData("web4-mycelia", "applets", true)]
    [InlineData("web4-other", "applets", false)]
    [InlineData("web4-mycelia", "billing", false)]
    [InlineData("rpp-chain", "intent_bar_v1", false)]
    public void Flag_IsGrantedByPatternOfPlaybookAndFlag(string playbook, string flag, bool granted) =>
        Assert.Equal(granted, Some.RefusalOfFlag(playbook, flag) is null);

    [Theory]
    [InlineData("https://api.example.com/v1/x?y=z", true)]
    [InlineData("https://API.EXAMPLE.COM/", true)]
    [InlineData("http://api.example.com/", false)]
    [InlineData("https://api.example.com:8443/", false)]
    [InlineData("https://api.example.com.evil.example/", false)]
    [InlineData("https://evil.example/?https://api.example.com", false)]
    public void Egress_IsGrantedByTheWholeOrigin(string address, bool granted) =>
        Assert.Equal(granted, Some.RefusalOfEgress("web4-mycelia", new Uri(address)) is null);

    [Theory]
    [InlineData("chain/node", true)]
    [InlineData("Chain/Node", true)]
    [InlineData("web4/anything", true)]
    [InlineData("chain/node-core", false)]
    [InlineData("web4-evil/anything", false)]
    public void Repository_IsGrantedByPattern(string repository, bool granted) =>
        Assert.Equal(granted, Some.RefusalOfRepository("web4-mycelia", GitHubRepository.Parse(repository)) is null);

    [Fact]
    public void Secret_IsGrantedForItsDestinationOnly()
    {
        Assert.Null(Some.RefusalOfSecret("web4-mycelia", "TOKEN", new Uri("https://api.example.com/deploy")));
        Assert.NotNull(Some.RefusalOfSecret("web4-mycelia", "TOKEN", new Uri("https://elsewhere.example")));
        Assert.NotNull(Some.RefusalOfSecret("web4-mycelia", "OTHER", new Uri("https://api.example.com")));
    }

    [Theory]
    [InlineData("rpp-chain", "rpp/chain:deploy-testnet.yml", true)]
    [InlineData("rpp-chain", "rpp/Chain:deploy-testnet.yml", true)]
    [InlineData("rpp-chain", "rpp/chain:Deploy-testnet.yml", false)]
    [InlineData("rpp-chain", "rpp/chain:rollback.yml", false)]
    [InlineData("rpp-chain", "evil/rpp/chain:deploy-testnet.yml", false)]
    [InlineData("web4-mycelia", "rpp/chain:deploy-testnet.yml", false)]
    public void Workflow_IsGrantedByPatternOfRepositoryAndFile(string playbook, string workflow, bool granted) =>
        Assert.Equal(granted, Some.RefusalOfWorkflow(playbook, workflow) is null);

    [Fact]
    public void Refusal_SaysWhatToAddWhere() => Assert.Equal(
        "flag 'billing' is not granted to playbook rpp-chain; where it should be, add \"flags\": [\"billing\"] under extensions.rollout.grants.\"rpp-chain\" in host.json",
        Some.RefusalOfFlag("rpp-chain", "billing"));

    [Fact]
    public void Nothing_IsGrantedByDefault()
    {
        var none = new Grants(new Dictionary<string, PlaybookGrant>());

        Assert.NotNull(none.RefusalOfFlag("any", "flag"));
        Assert.NotNull(none.RefusalOfFile("any", "web.env"));
        Assert.NotNull(none.RefusalOfWorkflow("any", "chain/node:deploy.yml"));
        Assert.NotNull(none.RefusalOfEgress("any", new Uri("https://example.com")));
        Assert.NotNull(none.RefusalOfRepository("any", GitHubRepository.Parse("chain/node")));
        Assert.NotNull(none.RefusalOfSecret("any", "TOKEN", new Uri("https://example.com")));
    }

    [Theory]
    [InlineData("https://api.example.com", true)]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("https://api.example.com/path", false)]
    [InlineData("https://user:password@api.example.com", false)]
    [InlineData("https://*.example.com", false)]
    [InlineData("ftp://api.example.com", false)]
    [InlineData("api.example.com", false)]
    public void Origin_WithAnythingElse_IsRefused(string text, bool valid) =>
        Assert.Equal(valid, EgressGrant.TryParse(text, statedPrivate: false, out _, out _));

    private static EgressGrant Origin(string text) =>
        EgressGrant.TryParse(text, statedPrivate: false, out var grant, out var expected) ? grant : throw new ArgumentException(expected);
}
