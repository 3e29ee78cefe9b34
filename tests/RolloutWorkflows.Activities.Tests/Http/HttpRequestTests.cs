using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>http/request</c> against a real server: sent once, whatever happens, and taken back by its undo.</summary>
public sealed class HttpRequestTests : IDisposable
{
    private readonly StepRig _rig = new();
    private readonly List<string> _keys = [];

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Request_Answered_CarriesKeyBodyAndHeadersAndIsJournaledBefore()
    {
        EffectState? whileSending = null;
        string? body = null, type = null, header = null;
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            whileSending = Assert.Single(await _rig.Journal.ListAsync("run")).State;
            (type, header) = (context.Request.ContentType, context.Request.Headers["X-Team"]);
            body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            _keys.Add(context.Request.Headers["Idempotency-Key"].ToString());
            context.Response.StatusCode = 201;
            await context.Response.WriteAsync("""{ "release": 7 }""");
        });

        var result = await _rig.StepAsync(Request(server, new { body = """{ "version": "1.4.0" }""", headers = new Dictionary<string, string> { ["X-Team"] = "web" } }));

        Assert.Equal((StepVerdict.Passed, $"POST {server.Address}releases answered 201."), (result.Verdict, result.Message));
        Assert.Equal((201, 7), (result.Outputs["status"].GetInt32(), result.Outputs["body"].GetProperty("release").GetInt32()));
        Assert.Equal(("""{ "version": "1.4.0" }""", "application/json; charset=utf-8", "web"), (body, type, header));
        Assert.Equal((EffectState.Intended, EffectState.Applied), (whileSending, Assert.Single(await _rig.Journal.ListAsync("run")).State));
        Assert.Equal(["run/one/1/0/step"], _keys);
    }

    [Fact]
    public async Task Redelivered_AfterTheAnswer_SendsNothingAndSaysTheSame()
    {
        await using var server = await LoopbackServer.StartAsync("""{ "release": 7 }""");
        var first = await _rig.StepAsync(Request(server), "run/1/1");

        var again = await _rig.StepAsync(Request(server), "run/1/1");

        Assert.Equal((first.Verdict, first.Message, 7), (again.Verdict, again.Message, again.Outputs["body"].GetProperty("release").GetInt32()));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(503)]
    public async Task Unanswered_WithoutAReadBack_HoldsAndIsNeverSentAgain(int status)
    {
        await using var server = await LoopbackServer.StartAsync(context => BreakOrAnswer(context, status));

        var result = await _rig.StepAsync(Request(server));
        var tried = await _rig.StepAsync(Request(server));

        Assert.Equal((StepVerdict.Errored, StepVerdict.Errored), (result.Verdict, tried.Verdict));
        Assert.StartsWith($"It is not known whether POST {server.Address}releases was carried out: ", result.Message, StringComparison.Ordinal);
        Assert.EndsWith("It is not sent again. Look there: ignore this step where it was carried out, or roll back.", tried.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Equal(EffectState.Intended, Assert.Single(await _rig.Journal.ListAsync("run")).State);
    }

    [Fact]
    public async Task Unanswered_ReadBackShowsIt_Passes()
    {
        var carriedOut = false;
        await using var server = await LoopbackServer.StartAsync(context =>
            context.Request.Method == "GET" ? context.Response.WriteAsync(carriedOut ? "version 1.4.0" : "version 1.3.9") : BreakOrAnswer(context, 0));
        var request = Request(server, new { readBackUrl = new Uri(server.Address, "/live"), readBackBody = "version 1.4.0" });

        var first = await _rig.StepAsync(request);
        carriedOut = true;
        var second = await _rig.StepAsync(request);

        Assert.Equal(StepVerdict.Errored, first.Verdict);
        Assert.EndsWith("The read-back answered 200 and does not show it; retry looks again.", first.Message, StringComparison.Ordinal);
        Assert.Equal((StepVerdict.Passed, $"POST {server.Address}releases was carried out, as the read-back shows."), (second.Verdict, second.Message));
        Assert.Equal(["POST /releases", "GET /live", "GET /live"], server.Requests);
    }

    [Fact]
    public async Task NobodyListens_IsErroredAndSentByTheNextTry()
    {
        var nobody = await LoopbackServer.NobodyAsync();
        var request = StepRig.Request("http/request", new { url = new Uri(nobody, "/releases") });

        var result = await _rig.StepAsync(request);
        await using var server = await LoopbackServer.StartAsync("{}");
        var next = await _rig.StepAsync(Request(server));

        Assert.Equal((StepVerdict.Errored, $"POST {nobody}releases was not sent: the connection was refused."), (result.Verdict, result.Message));
        Assert.Equal(StepVerdict.Passed, next.Verdict);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(409, null, StepVerdict.Failed, "was refused: it answered 409; expected 2xx.")]
    [InlineData(302, null, StepVerdict.Failed, "was refused: it answered 302; expected 2xx.")]
    [InlineData(200, 201, StepVerdict.Failed, "was carried out, but answered 200; expected 201.")]
    [InlineData(404, 404, StepVerdict.Passed, "answered 404.")]
    [InlineData(204, null, StepVerdict.Passed, "answered 204.")]
    public async Task Answer_ByItsStatus_IsJudged(int status, int? expected, StepVerdict verdict, string message)
    {
        await using var server = await LoopbackServer.StartAsync(context => BreakOrAnswer(context, status));

        var result = await _rig.StepAsync(expected is null ? Request(server) : Request(server, new { expectStatus = expected }));

        Assert.Equal(verdict, result.Verdict);
        Assert.EndsWith(message, result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization", "${{ secrets.token }}", "names no secret 'token'")]
    [InlineData("Idempotency-Key", "mine", "is set by itself")]
    [InlineData("X-A", "one\r\nX-B: two", "holds a line break")]
    [InlineData("no header", "x", "is no header")]
    public async Task Headers_ThatCannotBeSent_AreRefusedBeforeAnything(string name, string value, string message)
    {
        await using var server = await LoopbackServer.StartAsync("{}");

        var result = await _rig.StepAsync(Request(server, new { headers = new Dictionary<string, string> { [name] = value } }));

        Assert.Contains(message, result.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Empty(await _rig.Journal.ListAsync("run"));
    }

    [Fact]
    public async Task OlderEpoch_IsNotSent()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        await _rig.Journal.RaiseEpochAsync("run", 1, surface: null);

        Assert.Equal(StepVerdict.Errored, (await _rig.StepAsync(Request(server))).Verdict);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Rollback_UndoStated_IsSentOnceAndFollowedByNothing()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        await _rig.StepAsync(Request(server) with { Undo = Undo(server) });
        var effect = Assert.Single((await BeginAsync(1)).Effects);

        var results = new[] { await CompensateAsync(effect, 1), await CompensateAsync(effect, 1) };

        Assert.All(results, result => Assert.Equal(CompensationOutcome.Restored, result.Outcome));
        Assert.Equal($"POST {server.Address}releases was undone by http/request: DELETE {server.Address}releases/last answered 200.", results[0].Message);
        Assert.Equal(["POST /releases", "DELETE /releases/last"], server.Requests);
        Assert.Empty((await BeginAsync(2)).Effects);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task Rollback_UndoRefusedOrUnanswered_IsBlockedAndSentAgainWithTheSameKey(int status)
    {
        var refuse = true;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            if (context.Request.Method == "DELETE") _keys.Add(context.Request.Headers["Idempotency-Key"].ToString());
            return BreakOrAnswer(context, context.Request.Method == "DELETE" && refuse ? status : 200);
        });
        await _rig.StepAsync(Request(server) with { Undo = Undo(server) });
        var effect = Assert.Single((await BeginAsync(1)).Effects);

        var blocked = await CompensateAsync(effect, 1);
        refuse = false;
        var done = await CompensateAsync(effect, 1);

        Assert.Equal((CompensationOutcome.Blocked, CompensationOutcome.Restored), (blocked.Outcome, done.Outcome));
        Assert.Contains("is not undone yet: ", blocked.Message, StringComparison.Ordinal);
        Assert.Equal(["run/one/1/0/step/undo", "run/one/1/0/step/undo"], _keys);
    }

    [Fact]
    public async Task Rollback_OutcomeUnknown_SendsTheUndoAndSaysSo()
    {
        await using var server = await LoopbackServer.StartAsync(context => BreakOrAnswer(context, context.Request.Method == "DELETE" ? 200 : 0));
        await _rig.StepAsync(Request(server) with { Undo = Undo(server) });

        var result = await CompensateAsync(Assert.Single((await BeginAsync(1)).Effects), 1);

        Assert.Equal(CompensationOutcome.Restored, result.Outcome);
        Assert.EndsWith("It was not known whether it had taken place.", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, CompensationOutcome.LeftInPlace, "stays as the playbook says.")]
    [InlineData(409, CompensationOutcome.AlreadyPrior, "never took place.")]
    public async Task Rollback_Irreversible_IsLeftInPlaceUnlessItNeverTookPlace(int status, CompensationOutcome outcome, string message)
    {
        await using var server = await LoopbackServer.StartAsync(context => BreakOrAnswer(context, status));
        await _rig.StepAsync(Request(server) with { Irreversible = true });

        var result = await CompensateAsync(Assert.Single((await BeginAsync(1)).Effects), 1);

        Assert.Equal((outcome, $"POST {server.Address}releases {message}"), (result.Outcome, result.Message));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Rollback_UndoByAFlag_DoesNotStandInTheWayOfTheFlagsOwnSteps()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        await _rig.StepAsync(StepRig.Request("flag/rollout", new { flag = "bar", percent = 10 }));
        var undo = StepRig.Request("", new { flag = "bar", percent = 5 });
        await _rig.StepAsync(Request(server) with { StepId = "deploy", Undo = new StepCall { Uses = "flag/rollout", With = undo.With } });

        foreach (var effect in (await BeginAsync(1)).Effects) Assert.NotEqual(CompensationOutcome.Blocked, (await CompensateAsync(effect, 1)).Outcome);

        Assert.Equal(0, await _rig.PercentAsync("bar"));
    }

    private static Task BreakOrAnswer(HttpContext context, int status)
    {
        if (status == 0) context.Abort();
        else context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static StepRequest Request(LoopbackServer server, object? more = null)
    {
        var with = StepRig.Request("http/request", more ?? new { }).With.ToDictionary();
        with["url"] = JsonSerializer.SerializeToElement(new Uri(server.Address, "/releases"));
        return StepRig.Request("http/request", new { }) with { With = with };
    }

    private static StepCall Undo(LoopbackServer server) => new()
    {
        Uses = "http/request",
        With = StepRig.Request("", new { url = new Uri(server.Address, "/releases/last"), method = "DELETE" }).With,
    };

    private Task<RollbackWork> BeginAsync(int epoch) => _rig.CallAsync<RollbackWork>(ActivityNames.BeginRollback, new RollbackRequest
    {
        RunId = "run",
        Epoch = epoch,
        To = RollbackTarget.Start,
        Stage = "one",
        Attempt = 1,
        OpenedStages = ["one"],
    });

    private Task<CompensationResult> CompensateAsync(EffectRecord effect, int epoch) => _rig.CallAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest
    {
        RunId = "run",
        EffectId = effect.EffectId,
        Epoch = epoch,
        Actor = "rollout",
        Reason = "error-rate failed",
    });
}
