using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Web4;

/// <summary>What web4-mycelia leaves behind for whoever asks later.</summary>
public sealed class Web4EvidenceTests
{
    [Fact]
    [Requirement("D3", "web4-mycelia")]
    [Requirement("D8", "web4-mycelia")]
    [Requirement("H1", "web4-mycelia")]
    public async Task EveryPromotion_LeavesEvidenceWithApprovalsAndTheWayBack()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", skipsSoaks: true);

        var documents = await run.Scenario.Evidence.ListAsync(ShippedRollout.RunId);
        var promoted = (await run.Scenario.RecordAsync()).Where(line => line.Kind == RunLogKind.StagePromoted).Select(line => line.Stage);
        Assert.Equal([.. promoted, null], documents.Select(document => document.Stage));
        Assert.True(Assert.Single(new EvidenceVerification { Files = FilesOf(documents), Whole = true }.Verify()).Intact);

        foreach (var document in documents.Where(document => document.Stage is not null).Select(Json))
        {
            Assert.StartsWith("rollback to ", document.GetProperty("wayBack")[0].GetString(), StringComparison.Ordinal);
            Assert.All(document.GetProperty("approvals").EnumerateArray(), approval =>
            {
                var vote = approval.GetProperty("votes")[0];
                Assert.Equal(("test", "looks good"), (vote.GetProperty("via").GetString(), vote.GetProperty("reason").GetString()));
                Assert.Equal(approval.GetProperty("shownDigest").GetString(), vote.GetProperty("shown").GetString());
            });
        }

        Assert.Contains(documents, document => Json(document).GetProperty("approvals").GetArrayLength() > 0);
        Assert.Equal(["M1", "M2", "M3"], documents.Where(document => document.Stage is not null)
            .Select(document => Json(document).GetProperty("stage")).Where(stage => stage.TryGetProperty("milestone", out _)).Select(stage => stage.GetProperty("milestone").GetProperty("id").GetString()!));
    }

    [Fact]
    [Requirement("D3", "web4-mycelia", BadWay = true)]
    [Requirement("B5", "web4-mycelia", BadWay = true)]
    public async Task ErrorRate_AboveItsLimit_LeavesEvidenceOfTheRollbackAndADraftOfTheReview()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "one-percent" && at.State == RunState.Soaking, "the soak of one percent", skipsSoaks: true);
        service.Break("broken");
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var last = (await run.Scenario.Evidence.ListAsync(ShippedRollout.RunId))[^1];
        Assert.Equal((EvidenceKind.Rollback, "one-percent"), (last.Kind, last.Stage));
        Assert.NotEmpty(Json(last).GetProperty("rollback").GetProperty("restored").EnumerateArray());
        Assert.Contains(Json(last).GetProperty("guardrails").EnumerateArray(), guardrail => guardrail.TryGetProperty("worst", out var worst) && worst.GetProperty("verdict").GetString() == "failed");

        var review = (await run.Scenario.Host.Services.GetRequiredService<IReviews>().DraftAsync(ShippedRollout.RunId))!;
        Assert.NotNull(review.TimeToDetect);
        Assert.NotNull(review.TimeToRecover);
        Assert.Contains("flag:intent_bar_v1_rollout", review.Markdown, StringComparison.Ordinal);
    }

    private static JsonElement Json(StoredEvidence document) => JsonDocument.Parse(document.Json).RootElement;

    private static Dictionary<string, byte[]> FilesOf(IReadOnlyList<StoredEvidence> documents) =>
        documents.SelectMany(EvidenceFiles.Of).Append(EvidenceFiles.ChainOf(documents)).ToDictionary(file => Path.Combine(ShippedRollout.RunId, file.Name), file => file.Content);
}
