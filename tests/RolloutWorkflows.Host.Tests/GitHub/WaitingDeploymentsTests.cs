using System.Text;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>What is made of a deployment that waits for a protection rule.</summary>
public sealed class WaitingDeploymentsTests
{
    private readonly HeardQuestions rules = new();

    [Fact]
    public async Task Request_OfTheConnectedGitHub_IsAskedWithItsWorkflowRun()
    {
        var taken = await TakeAsync("https://api.github.com/repos/Web4/App/actions/runs/42/deployment_protection_rule");

        Assert.True(taken.Concerns);
        var question = Assert.Single(rules.Asked);
        Assert.Equal(("web4/app", "production", 42L, "6dcb09b5b57875f334f61aebed695e2e4193db5e", "main"), (question.Repository, question.Environment, question.WorkflowRunId, question.Sha, question.Ref));
    }

    [Theory]
    [InlineData("https://attacker.example/repos/web4/app/actions/runs/42/deployment_protection_rule")]
    [InlineData("https://api.github.com/repos/web4/other/actions/runs/42/deployment_protection_rule")]
    [InlineData("https://api.github.com/repos/web4/app/actions/runs/x/deployment_protection_rule")]
    [InlineData("https://api.github.com/repos/web4/app/actions/runs/99999999999999999999/deployment_protection_rule")]
    [InlineData("no address")]
    [InlineData("")]
    public async Task Request_WhoseAddressIsNotThatOfARun_IsIgnored(string callback)
    {
        Assert.False((await TakeAsync(callback)).Concerns);
        Assert.Empty(rules.Asked);
    }

    private Task<GitHubTaken> TakeAsync(string callback) => new WaitingDeployments(new GitHubOptions(), [rules]).TakeAsync(new GitHubDelivery
    {
        Event = "deployment_protection_rule",
        Id = "1",
        Digest = "d",
        Payload = GitHubJson.Parse(Encoding.UTF8.GetBytes($$"""
            {
              "action": "requested", "environment": "production", "deployment_callback_url": "{{callback}}",
              "deployment": { "id": 7, "sha": "6dcb09b5b57875f334f61aebed695e2e4193db5e", "ref": "main" }, "repository": { "full_name": "web4/app" }
            }
            """)),
    });

    private sealed class HeardQuestions : IProtectionRules
    {
        public List<ProtectionQuestion> Asked { get; } = [];

        public Task<string> AskAsync(ProtectionQuestion question, CancellationToken cancellation = default)
        {
            Asked.Add(question);
            return Task.FromResult("noted");
        }
    }
}
