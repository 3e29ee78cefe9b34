using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations.Tests.Scenarios;

namespace RolloutWorkflows.Orchestrations.Tests.Evidence;

/// <summary>Each promotion, each rollback and the end leave a document, made of the run's own facts.</summary>
public sealed class EvidenceOfARunTests
{
    [Fact]
    public async Task Run_ToItsEnd_LeavesADocumentPerPromotionAndOneOfItsEnd()
    {
        await using var run = await SucceededAsync();
        var documents = await run.Evidence.ListAsync(RolloutScenario.RunId);
        Assert.Equal(["promotion small", "promotion all", "end "], documents.Select(document => $"{document.Kind.ToString().ToLowerInvariant()} {document.Stage}"));
        Assert.Equal([null, documents[0].Sha256, documents[1].Sha256], documents.Select(document => document.Previous));
        Assert.Equal((await run.RecordAsync()).Count, documents[^1].LastLine);
        var verdict = Assert.Single(new EvidenceVerification { Files = FilesOf(documents), Whole = true }.Verify());
        Assert.Empty(verdict.Problems);
    }

    [Fact]
    public async Task Promotion_Document_SaysWhatWasCheckedMeasuredApprovedAndChanged()
    {
        await using var run = await SucceededAsync();
        var document = Json((await run.Evidence.FindAsync(RolloutScenario.RunId, 1))!);

        Assert.Equal(("small", 1), (document.GetProperty("stage").GetProperty("name").GetString(), document.GetProperty("stage").GetProperty("attempt").GetInt32()));
        var criterion = document.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("part").GetString() == "criteria");
        Assert.Equal(("metric/threshold", "passed"), (criterion.GetProperty("uses").GetString(), criterion.GetProperty("verdict").GetString()));

        var guardrail = Assert.Single(document.GetProperty("guardrails").EnumerateArray());
        Assert.Equal("fails at result > 5%, warns at result > 2%", guardrail.GetProperty("conditions").GetString());
        var measured = guardrail.GetProperty("measured").GetInt32();
        Assert.InRange(measured, 24 * 60, 26 * 60);
        Assert.Equal(measured, guardrail.GetProperty("verdicts").GetProperty("passed").GetInt32() + guardrail.GetProperty("verdicts").GetProperty("warning").GetInt32());
        Assert.Equal(("warning", 0.03), (guardrail.GetProperty("worst").GetProperty("verdict").GetString(), guardrail.GetProperty("worst").GetProperty("value").GetDouble()));
        Assert.Equal("passed", guardrail.GetProperty("last").GetProperty("verdict").GetString());

        Assert.Equal("1d", document.GetProperty("soak").GetProperty("account").GetProperty("needed").GetString());

        var approval = Assert.Single(document.GetProperty("approvals").EnumerateArray());
        var vote = Assert.Single(approval.GetProperty("votes").EnumerateArray());
        Assert.Equal(("bob", "test", "looks good"), (vote.GetProperty("person").GetString(), vote.GetProperty("via").GetString(), vote.GetProperty("reason").GetString()));
        Assert.Equal(approval.GetProperty("shownDigest").GetString(), vote.GetProperty("shown").GetString());
        Assert.Contains(approval.GetProperty("shown").EnumerateArray(), line => line.GetString()!.StartsWith("Changes: flag:checkout from", StringComparison.Ordinal));

        var change = Assert.Single(document.GetProperty("changes").EnumerateArray());
        Assert.Equal(("flag:checkout", "applied"), (change.GetProperty("target").GetString(), change.GetProperty("state").GetString()));
        Assert.Equal(10, change.GetProperty("to").GetDouble());
        Assert.Equal(["rollback to start within 1m", "undo flag/rollout checkout of small: as it was before"], document.GetProperty("wayBack").EnumerateArray().Select(line => line.GetString()!));
    }

    [Fact]
    public async Task Promotion_Markdown_NamesTheDigestOfItsJson()
    {
        await using var run = await SucceededAsync();
        var document = (await run.Evidence.FindAsync(RolloutScenario.RunId, 1))!;
        Assert.Contains($"- **JSON SHA-256:** `{document.Sha256}`", document.Markdown, StringComparison.Ordinal);
        Assert.Contains("- **bob:** yes, by test,", document.Markdown, StringComparison.Ordinal);
        Assert.Contains("| `errors` | fails at result &gt; 5%, warns at result &gt; 2% |", document.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_Document_SaysWhyAndWhatWasTakenBack()
    {
        await using var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.3));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(4));
        await run.ThenStateIsAsync(RunState.RolledBack);

        var stored = Assert.Single(await run.Evidence.ListAsync(RolloutScenario.RunId));
        Assert.Equal(EvidenceKind.Rollback, stored.Kind);
        var rollback = Json(stored).GetProperty("rollback");
        Assert.Contains("errors", rollback.GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.True(rollback.GetProperty("objectiveMet").GetBoolean());
        Assert.Equal("restored", Assert.Single(rollback.GetProperty("restored").EnumerateArray()).GetProperty("outcome").GetString());
        Assert.Equal("compensated", Assert.Single(Json(stored).GetProperty("changes").EnumerateArray()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Documents_ServerRestartedAfterEachPromotion_StandOnceAndAreTheSame()
    {
        await using var run = await SucceededAsync();
        var before = await run.Evidence.ListAsync(RolloutScenario.RunId);
        await run.WhenTheServerRestartsAsync();
        await run.OutboxLanes.WakeAsync(RolloutScenario.RunId, ["evidence"]);
        await run.Host.RunUntilIdleAsync();
        Assert.Equal(before, await run.Evidence.ListAsync(RolloutScenario.RunId));
    }

    internal static Dictionary<string, byte[]> FilesOf(IReadOnlyList<StoredEvidence> documents) =>
        documents.SelectMany(EvidenceFiles.Of).Append(EvidenceFiles.ChainOf(documents)).ToDictionary(file => Path.Combine(documents[0].RunId, file.Name), file => file.Content);

    private static JsonElement Json(StoredEvidence document) => JsonDocument.Parse(document.Json).RootElement;

    private static async Task<RolloutScenario> SucceededAsync()
    {
        var run = await RolloutScenario.GivenAsync(GoodWayTests.TwoStages, metrics: GoodWayTests.AllGreen);
        await run.WhenTimePassesAsync(TimeSpan.FromHours(2));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.03));
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(2));
        run.Metrics.Say("errors", _ => MetricReading.Of(0.01));
        await run.WhenTimePassesAsync(TimeSpan.FromHours(23));
        await run.WhenAsync(RunVerb.Approve, "bob", "looks good");
        await run.WhenTimePassesAsync(TimeSpan.FromDays(4));
        await run.ThenStateIsAsync(RunState.Succeeded);
        return run;
    }
}
