using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class EvidenceAttachedTests : IDisposable
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly InMemoryRunDocuments _documents = new();
    private readonly StepRig _rig;

    public EvidenceAttachedTests() => _rig = new StepRig(services => services.AddSingleton<IRunDocuments>(_documents));

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Document_Missing_FailsAndSaysHowToAttachIt()
    {
        var result = await CheckAsync(new { document = "test-matrix" });

        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Equal("No document 'test-matrix' is attached to run. Attach it, then retry: rollout attach run --document test-matrix FILE", result.Message);
    }

    [Fact]
    public async Task Document_Attached_PassesWithItsDigest()
    {
        await AttachAsync("first");
        var second = await AttachAsync("second");

        var result = await CheckAsync(new { document = "test-matrix", maxAge = "1h" });

        Assert.Equal(StepVerdict.Passed, result.Verdict);
        Assert.Equal(second.Digest, result.Outputs["digest"].GetString());
        Assert.Equal(2, result.Outputs["version"].GetInt32());
        Assert.Contains("attached by ada 2026-03-02 09:00 UTC", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, StepVerdict.Passed)]
    [InlineData(61, StepVerdict.Failed)]
    public async Task Document_OlderThanItsMaximumAge_DoesNotCount(int minutes, StepVerdict expected)
    {
        await AttachAsync("green");

        var result = await CheckAsync(new { document = "test-matrix", maxAge = "1h" }, at: Nine.AddMinutes(minutes));

        Assert.Equal(expected, result.Verdict);
        if (expected == StepVerdict.Failed) Assert.Contains("it is 1h1m old, and 1h is the most", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rollback", StepVerdict.Failed)]
    [InlineData("stage", StepVerdict.Failed)]
    [InlineData("run", StepVerdict.Passed)]
    public async Task Document_FromBeforeTheRollback_CountsOnlyWhereAnyTimeWillDo(string since, StepVerdict expected)
    {
        await AttachAsync("green");

        var result = await CheckAsync(new { document = "test-matrix", since }, rolledBackAt: Nine.AddMinutes(5), openedAt: Nine.AddMinutes(10));

        Assert.Equal(expected, result.Verdict);
    }

    [Theory]
    [InlineData("rollback", StepVerdict.Passed)]
    [InlineData("stage", StepVerdict.Failed)]
    public async Task Document_AttachedBetweenRollbackAndRetry_IsOfAfterTheRollbackButNotOfTheStage(string since, StepVerdict expected)
    {
        await AttachAsync("green");

        var result = await CheckAsync(new { document = "test-matrix", since }, rolledBackAt: Nine.AddMinutes(-5), openedAt: Nine.AddMinutes(10));

        Assert.Equal(expected, result.Verdict);
    }

    [Fact]
    public async Task Document_WithoutTheTextThatItMustHold_Fails()
    {
        await AttachAsync("result: failed");

        Assert.Equal(StepVerdict.Failed, (await CheckAsync(new { document = "test-matrix", contains = "result: passed" })).Verdict);
        Assert.Equal(StepVerdict.Passed, (await CheckAsync(new { document = "test-matrix", contains = "result: failed" })).Verdict);
    }

    [Fact]
    public async Task Name_ThatIsNone_IsErrored() =>
        Assert.Equal(StepVerdict.Errored, (await CheckAsync(new { document = "../Matrix" })).Verdict);

    private ValueTask<RunDocument> AttachAsync(string text) => _documents.AddAsync("run", new NewDocument
    {
        Name = "test-matrix",
        Content = Encoding.UTF8.GetBytes(text),
        MediaType = "text/markdown",
        By = "ada",
        At = Nine,
        PlaybookTime = Nine,
    });

    private Task<StepResult> CheckAsync(object with, DateTimeOffset? at = null, DateTimeOffset? rolledBackAt = null, DateTimeOffset? openedAt = null) =>
        _rig.StepAsync(StepRig.Request("evidence/attached", with) with { At = at ?? Nine, RolledBackAt = rolledBackAt, StageOpenedAt = openedAt });
}
