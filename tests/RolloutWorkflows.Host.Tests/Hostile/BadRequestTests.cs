using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Hostile;

/// <summary>
/// The table of requests and commands that no server should take, all of them sent to one server with a live run: each
/// is answered with its exact text, and afterwards everything stands where it stood.
/// </summary>
public sealed class BadRequestTests : IAsyncLifetime
{
    /// <summary>Writes what is answered into the table, to be reviewed as a diff.</summary>
    private static readonly bool Update = Environment.GetEnvironmentVariable("ROLLOUT_UPDATE_EXPECTED") == "1";

    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(folder =>
    {
        SamplePlaybooks.Prepare(folder);
        folder.Write("playbooks/measured.yaml", SamplePlaybooks.Measured);
        folder.Write("playbooks/broken.yaml", "apiVersion: rolloutworkflows/v1\nkind: Playbok\nmetadata: { name: broken }\nspec: {}\n");
        folder.Write("outside.yaml", SamplePlaybooks.Tiny.Replace("name: tiny", "name: outside", StringComparison.Ordinal));
    });

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Table_OfBadRequests_IsAnsweredExactlyAndChangesNothing()
    {
        var runId = await host.StartRunAsync("tiny", "ada");
        var before = await host.WaitForAsync(runId, details => details.Run.OpenApprovals.Count == 1 && details.Timeline.Any(entry => entry.Kind == RunLogKind.ApprovalAsked), "an open approval in its record");
        var effects = await EffectsAsync(runId);
        var flags = await FlagsAsync();
        var rows = BadRequest.Read(runId, before.Run.OpenApprovals[0].ApprovalId);
        var answered = new List<BadRequest>();
        foreach (var row in rows) answered.Add(row with { Answer = await SendAsync(row) });

        if (Update) BadRequest.Write(answered);
        Assert.True(rows.Count >= 60, $"expected at least 60 rows, got {rows.Count}");
        Assert.Multiple([.. rows.Zip(answered, (expected, actual) => new Action(() => Assert.Equal($"{expected.Title}\n{expected.Answer}", $"{actual.Title}\n{actual.Answer}")))]);
        Assert.All(answered, row => Assert.InRange(row.Status, 400, 499));

        Assert.Equal("healthy", (await host.GetJsonAsync("/health")).GetProperty("status").GetString());
        var after = await host.DetailsAsync(runId);
        Assert.Equal((before.Run.State, before.Run.Stage, before.Run.Owner), (after.Run.State, after.Run.Stage, after.Run.Owner));
        Assert.Equal(before.Run.OpenApprovals[0].ApprovalId, Assert.Single(after.Run.OpenApprovals).ApprovalId);
        Assert.Empty(after.Run.OpenApprovals[0].Votes);
        // What the run itself refused stands in its record, and nothing else was added to it.
        Assert.Equal(answered.Count(row => row.Code == "command-refused"), after.Timeline.Count - before.Timeline.Count);
        Assert.All(after.Timeline.Skip(before.Timeline.Count), entry => Assert.Equal(RunLogKind.CommandRefused, entry.Kind));
        Assert.Equal(effects, await EffectsAsync(runId));
        Assert.Equal(flags, await FlagsAsync());
        Assert.Equal([runId], (await host.Http.GetFromJsonAsync<RolloutPage>("/api/rollouts", ApiJson.Options))!.Items.Select(item => item.RunId));

        // And it still goes on as if nothing had happened.
        using (var answer = await host.CommandAsync(runId, "approve", new { @as = "grace" })) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await host.WaitForAsync(runId, details => details.Run.State == RunState.Succeeded, "success");
    }

    private async Task<string> SendAsync(BadRequest row)
    {
        // As it is written: the client would otherwise tidy '..' away before the server sees it.
        using var request = new HttpRequestMessage(new HttpMethod(row.Method), new Uri(host.Address.GetLeftPart(UriPartial.Authority) + row.Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if ((row.Body ?? (row.Method == "POST" ? "" : null)) is { } body) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in row.Headers)
        {
            if (name == "Content-Type") request.Content!.Headers.Remove(name);
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await ClientOf(row.Who).SendAsync(request);
        return row.Describe((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), host);
    }

    private HttpClient ClientOf(string who) => who switch
    {
        "nobody" => host.With(null),
        "stranger" => host.With("rwk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        "reader" => host.As("olga", KeyRole.Reader),
        "admin" => host.As("root", KeyRole.Admin),
        "service" => host.AsService("ci"),
        _ => host.As(who),
    };

    private async Task<string> FlagsAsync() => await host.Http.GetStringAsync("/flags");

    private async Task<List<(string, EffectState)>> EffectsAsync(string runId) =>
        [.. (await host.Services.GetRequiredService<IEffectJournal>().ListAsync(runId)).Select(effect => (effect.EffectId, effect.State))];
}
