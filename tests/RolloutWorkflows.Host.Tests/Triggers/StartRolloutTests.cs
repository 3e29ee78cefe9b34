using System.Net;
using System.Net.Http.Json;

namespace RolloutWorkflows.Host.Tests.Triggers;

public sealed class StartRolloutTests
{
    [Fact]
    public async Task Post_UnknownPlaybook_SuggestsTheNearest()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

        var problem = await RefuseAsync(host, HttpStatusCode.NotFound, new { playbook = "tinny", @as = "ada" });

        Assert.Equal("playbook-not-found", problem.Code);
        Assert.Contains("Did you mean 'tiny'?", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_InvalidPlaybook_ListsEveryProblem()
    {
        await using var host = await RunningHost.StartAsync(folder => folder.Write("playbooks/broken.yaml", "apiVersion: rolloutworkflows/v1\nkind: Playbook\nmetadata: { name: broken }\nspec: { stagez: [], owners: x }\n"));

        var problem = await RefuseAsync(host, HttpStatusCode.UnprocessableEntity, new { playbook = "broken", @as = "ada" });

        Assert.Equal("playbook-invalid", problem.Code);
        Assert.True(problem.Problems!.Count > 1, string.Join('\n', problem.Problems));
        Assert.All(problem.Problems, one => Assert.StartsWith("broken.yaml", one, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_BadInputs_ListsEveryProblem()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

        var problem = await RefuseAsync(host, HttpStatusCode.UnprocessableEntity, new { playbook = "tiny", @as = "ada", inputs = new { share = 99, flagg = "x" } });

        Assert.Equal("inputs-invalid", problem.Code);
        Assert.Equal(2, problem.Problems!.Count);
    }

    [Fact]
    public async Task Post_SourceAndPeopleMissing_ListsBothObstacles()
    {
        await using var host = await RunningHost.StartAsync(folder =>
        {
            folder.Write("playbooks/measured.yaml", SamplePlaybooks.Measured);
            folder.Write("playbooks/tiny.yaml", SamplePlaybooks.Tiny);
        });

        var source = await RefuseAsync(host, HttpStatusCode.UnprocessableEntity, new { playbook = "measured", @as = "ada" });
        var people = await RefuseAsync(host, HttpStatusCode.UnprocessableEntity, new { playbook = "tiny", @as = "ada" });

        Assert.Contains(source.Problems!, one => one.Contains("the metric source 'status' (of errors) is not configured", StringComparison.Ordinal));
        Assert.Contains(people.Problems!, one => one.Contains("the group 'captains' has no members", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_NotifyOrRetryNamesSomebodyWhoIsNotThere_IsRefused()
    {
        await using var host = await RunningHost.StartAsync(folder =>
        {
            folder.Write("playbooks/measured.yaml", SamplePlaybooks.Measured.Replace("metric: errors,", "metric: errors, notify: [captains, nobody],", StringComparison.Ordinal)
                .Replace("      soak:", "      retry: { approval: { approvers: [ { group: council } ] } }\n      soak:", StringComparison.Ordinal));
            folder.Write("people.yaml", "persons: { ada: {}, bob: {} }\ngroups: { captains: [ada, bob] }\n");
        });

        var problem = await RefuseAsync(host, HttpStatusCode.UnprocessableEntity, new { playbook = "measured", @as = "ada" });

        Assert.Contains("guardrail errors notifies 'nobody', which is no person or group of people.yaml and no channel of the playbook.", problem.Problems!);
        Assert.Contains(problem.Problems!, one => one.Contains("approval of its retry: the group 'council' has no members", StringComparison.Ordinal));
        Assert.DoesNotContain(problem.Problems!, one => one.Contains("'captains'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_StarterIsTheOnlyApprover_IsRefused()
    {
        await using var host = await RunningHost.StartAsync(folder =>
        {
            folder.Write("playbooks/tiny.yaml", SamplePlaybooks.Tiny);
            folder.Write("people.yaml", "persons: { ada: {} }\ngroups: { captains: [ada] }\n");
        });

        var problem = await RefuseAsync(host, HttpStatusCode.UnprocessableEntity, new { playbook = "tiny", @as = "ada" });

        Assert.Contains(problem.Problems!, one => one.Contains("it needs 1 approval(s) and 0 person(s) may vote", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_TimeCompressionNotAllowed_IsRefused()
    {
        await using var host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);

        Assert.Equal("no-time-compression", (await RefuseAsync(host, HttpStatusCode.UnprocessableEntity, new { playbook = "tiny", @as = "ada", timeCompression = 86400 })).Code);
    }

    [Fact]
    public async Task Post_BrokenPeopleFile_NamesThePlace()
    {
        await using var host = await RunningHost.StartAsync(folder =>
        {
            SamplePlaybooks.Prepare(folder);
            folder.Write("people.yaml", "persons: { ada: { gitHub: octocat } }\ngroups: { captains: [bob] }\n");
        });

        var problem = await RefuseAsync(host, HttpStatusCode.UnprocessableEntity, new { playbook = "tiny", @as = "ada" });

        Assert.Equal("people-invalid", problem.Code);
        Assert.Contains(problem.Problems!, one => one.Contains("people.yaml:1:", StringComparison.Ordinal) && one.Contains("numeric user id", StringComparison.Ordinal));
        Assert.Contains(problem.Problems!, one => one.Contains("group 'captains' names 'bob'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_HolidaysInWindows_AreRefusedWhereNobodyConfiguredThemAndElseCloseThem()
    {
        await using var host = await RunningHost.StartAsync(folder =>
        {
            SamplePlaybooks.Prepare(folder);
            folder.Write("playbooks/tiny.yaml", SamplePlaybooks.Tiny.Replace("  stages:", "  windows: { holidays: office }\n  stages:", StringComparison.Ordinal));
            folder.Write("playbooks/other.yaml", SamplePlaybooks.Tiny.Replace("name: tiny", "name: other", StringComparison.Ordinal).Replace("  stages:", "  windows: { holidays: moon }\n  stages:", StringComparison.Ordinal));
            folder.Write("host.json", SamplePlaybooks.TrustingHost.Replace("\"allowPlaybookPeople\"", "\"holidays\": { \"office\": \"holidays/office.yaml\" }, \"allowPlaybookPeople\"", StringComparison.Ordinal));
            var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            folder.Write("holidays/office.yaml", string.Join('\n', Enumerable.Range(-1, 3).Select(day => $"{today.AddDays(day):yyyy-MM-dd}: Founders' Day")));
        });

        var problem = await RefuseAsync(host, HttpStatusCode.UnprocessableEntity, new { playbook = "other", @as = "ada" });
        Assert.Contains("the holidays 'moon' are not configured; add extensions.rollout.holidays.moon to host.json, with their file.", problem.Problems!);

        using var started = await host.Http.PostAsJsonAsync("/api/rollouts", new { playbook = "tiny", @as = "ada" });
        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        var runId = (await started.Content.ReadFromJsonAsync<StartRolloutAnswer>(ApiJson.Options))!.RunId;
        await host.WaitForAsync(runId, details => details.Run.Because.Contains("waits for its window: Founders' Day", StringComparison.Ordinal), "waiting for the window");
    }

    [Fact]
    public async Task Playbooks_List_SaysWhatCanBeStarted()
    {
        await using var host = await RunningHost.StartAsync(folder =>
        {
            SamplePlaybooks.Prepare(folder);
            folder.Write("playbooks/broken.yaml", "kind: Nothing");
        });

        var playbooks = (await host.Http.GetFromJsonAsync<List<PlaybookSummary>>("/api/playbooks", ApiJson.Options))!;

        Assert.Equal(["broken", "tiny"], playbooks.Select(playbook => playbook.Name));
        Assert.NotEmpty(playbooks[0].Problems);
        Assert.True(playbooks[1].Startable);
        Assert.Equal("number, default 10", playbooks[1].Inputs["share"]);
    }

    private static async Task<ApiProblem> RefuseAsync(RunningHost host, HttpStatusCode status, object body)
    {
        using var answer = await host.Http.PostAsJsonAsync("/api/rollouts", body);
        Assert.Equal(status, answer.StatusCode);
        return await RunningHost.ProblemAsync(answer);
    }
}
