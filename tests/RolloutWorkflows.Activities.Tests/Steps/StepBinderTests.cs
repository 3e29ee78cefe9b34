using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

public sealed class StepBinderTests
{
    [Fact]
    public void Bind_WholeConfiguration_FillsTheRecord()
    {
        var bound = Bind<HttpProbeStep>("""{ "url": "http://127.0.0.1/health", "method": "HEAD", "expectStatus": 204, "expectBody": "ok", "timeout": "250ms", "headers": { "accept": "*/*" } }""", out var problems);

        Assert.Empty(problems);
        Assert.Equal(("http://127.0.0.1/health", "HEAD", 204, "ok", TimeSpan.FromMilliseconds(250)), (bound!.Url.ToString(), bound.Method, bound.ExpectStatus, bound.ExpectBody, bound.Timeout));
        Assert.Equal("*/*", bound.Headers["accept"]);
    }

    [Fact]
    public void Bind_AbsentAndNullKeys_KeepDefaults()
    {
        var bound = Bind<HttpProbeStep>("""{ "url": "http://127.0.0.1/", "expectBody": null }""", out _);

        Assert.Equal(("GET", 200, null, TimeSpan.FromSeconds(5)), (bound!.Method, bound.ExpectStatus, bound.ExpectBody, bound.Timeout));
    }

    [Fact]
    public void Bind_Approvers_AreRead()
    {
        var bound = Bind<ManualConfirmStep>("""{ "prompt": "ready?", "approvers": [ { "group": "sre", "required": true }, { "person": "ada" } ] }""", out var problems);

        Assert.Empty(problems);
        Assert.Equal([new Approver { Group = "sre", Required = true }, new Approver { Person = "ada" }], bound!.Approvers);
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("0.5", 0.5)]
    [InlineData("\"10%\"", 10)]
    [InlineData("\"2.5 %\"", 2.5)]
    public void Bind_Percent_AcceptsNumbersAndPercentTexts(string percent, double expected)
    {
        Assert.Equal(expected, Bind<FlagRolloutStep>($$"""{ "flag": "bar", "percent": {{percent}} }""", out _)!.Percent);
    }

    [Fact]
    public void Bind_EverythingWrong_ReportsEverything()
    {
        Assert.Null(Bind<FlagRolloutStep>("""{ "percent": "much", "flagg": "bar" }""", out var problems));

        Assert.Equal(
            [
                "with.flagg is unknown; known: flag, percent",
                "with.flag is missing",
                "with.percent: expected a percentage from 0 to 100, got \"much\"",
            ],
            problems);
    }

    [Theory]
    [InlineData("""{ "url": "ftp://host/" }""", "with.url: expected an absolute http or https address")]
    [InlineData("""{ "url": "/health" }""", "with.url: expected an absolute http or https address")]
    [InlineData("""{ "url": "http://ada:secret@host/" }""", "with.url: expected an address without a user or password in it")]
    [InlineData("""{ "url": "http://h/", "method": "DELETE" }""", "with.method: expected one of GET, HEAD, OPTIONS")]
    [InlineData("""{ "url": "http://h/", "expectStatus": 99 }""", "with.expectStatus: expected a whole number from 100 to 599")]
    [InlineData("""{ "url": "http://h/", "expectStatus": 200.5 }""", "with.expectStatus: expected a whole number from 100 to 599")]
    [InlineData("""{ "url": "http://h/", "timeout": 5 }""", "with.timeout: expected a duration such as 30s or 10m")]
    [InlineData("""{ "url": "http://h/", "headers": { "a": 1 } }""", "with.headers: expected names with texts")]
    public void Bind_WrongValue_SaysWhatWasExpected(string with, string expected)
    {
        Assert.Null(Bind<HttpProbeStep>(with, out var problems));

        Assert.StartsWith(expected, Assert.Single(problems), StringComparison.Ordinal);
    }

    private static TStep? Bind<TStep>(string with, out IReadOnlyList<string> problems)
        where TStep : class
    {
        StepBinder.TryBind<TStep>(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(with)!, out var step, out problems);
        return step;
    }
}
