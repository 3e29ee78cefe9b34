using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Host.Tests.Keys;

/// <summary>What is in the catalog operators may start; a playbook's text of one's own only an admin.</summary>
public sealed class InlinePlaybookTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(folder => folder.Write("host.json", SamplePlaybooks.TrustingHost));

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Start_TextWithAnOperatorsKey_IsNotPermitted()
    {
        var problem = await RefusedAsync(KeyRole.Operator, HttpStatusCode.Forbidden, new { playbookText = SamplePlaybooks.Tiny });

        Assert.Equal("not-permitted", problem.Code);
        Assert.Contains("role admin", problem.Detail, StringComparison.Ordinal);
        Assert.Empty((await host.Http.GetFromJsonAsync<RolloutPage>("/api/rollouts", ApiJson.Options))!.Items);
    }

    [Fact]
    public async Task Start_TextWithAnAdminsKey_RunsAndIsPinnedByItsDigest()
    {
        using var answer = await host.As("root", KeyRole.Admin).PostAsJsonAsync("/api/rollouts", new { playbookText = SamplePlaybooks.Tiny });

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var started = (await answer.Content.ReadFromJsonAsync<StartRolloutAnswer>(ApiJson.Options))!;
        Assert.Equal(("tiny", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SamplePlaybooks.Tiny)))), (started.Playbook, started.PlaybookDigest));
        await host.WaitForAsync(started.RunId, details => details.Run.OpenApprovals.Count == 1, "an open approval");
    }

    [Fact]
    public async Task Start_InvalidText_ListsEveryProblem()
    {
        var problem = await RefusedAsync(KeyRole.Admin, HttpStatusCode.UnprocessableEntity, new { playbookText = "apiVersion: rolloutworkflows/v1\nkind: Playbook\nmetadata: { name: broken }\nspec: { stagez: [], owners: x }\n" });

        Assert.Equal("playbook-invalid", problem.Code);
        Assert.True(problem.Problems!.Count > 1, string.Join('\n', problem.Problems));
    }

    [Fact]
    public async Task Start_NameAndText_IsABadRequest() =>
        Assert.Equal("bad-request", (await RefusedAsync(KeyRole.Admin, HttpStatusCode.BadRequest, new { playbook = "tiny", playbookText = SamplePlaybooks.Tiny })).Code);

    private async Task<ApiProblem> RefusedAsync(KeyRole role, HttpStatusCode status, object body)
    {
        using var answer = await host.As("root", role).PostAsJsonAsync("/api/rollouts", body);
        Assert.Equal(status, answer.StatusCode);
        return await RunningHost.ProblemAsync(answer);
    }
}
