using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Kinds that ask a repository need a grant when they act, too.</summary>
public sealed class GrantedRepositoryTests
{
    [Theory]
    [InlineData("github/checks")]
    [InlineData("incident/none")]
    [InlineData("incident/open")]
    public async Task Kind_WithoutAGrantOfTheRepository_AsksNothing(string kind)
    {
        await using var steps = await GitHubSteps.StartAsync(services => services.AddSingleton(new Grants(new Dictionary<string, PlaybookGrant> { ["*"] = new() { Repositories = ["chain/other"] } })));
        object with = kind switch
        {
            "github/checks" => new { repository = "chain/node", @ref = "main" },
            "incident/none" => new { repository = "chain/node" },
            _ => new { repository = "chain/node", title = "Rewards stalled" },
        };

        var result = await steps.RunAsync(StepRig.Request(kind, with));

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("repository chain/node is not granted to playbook web4", result.Message, StringComparison.Ordinal);
        Assert.Empty(steps.Server.Requests);
        Assert.Empty(await steps.Rig.Journal.ListAsync("run"));
    }
}
