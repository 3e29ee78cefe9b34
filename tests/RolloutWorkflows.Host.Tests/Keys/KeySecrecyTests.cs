using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Host.Tests.Keys;

/// <summary>A key is seen when it is made, and never again: not in a log, an answer, an address or a file.</summary>
public sealed class KeySecrecyTests : IAsyncLifetime
{
    private RunningHost host = null!;
    private string key = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.StartAsync(SamplePlaybooks.Prepare);
        key = host.Keys.Add(new KeyOwner("ada", IsService: false), KeyRole.Operator).Text;
    }

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("/flags?key=")]
    [InlineData("/flags?a=1&access_token=")]
    [InlineData("/flags/")]
    [InlineData("/api/rollouts?after=x%20")]
    [InlineData("/no-such-route?code=")]
    public async Task Key_InTheAddress_IsRefusedWithoutEcho(string path)
    {
        using var client = host.With(key);

        using var answer = await client.GetAsync(path + Uri.EscapeDataString(key));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.BadRequest, "key-in-url"), (answer.StatusCode, (await RunningHost.ProblemAsync(answer)).Code));
        Assert.DoesNotContain("rwk_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_PercentEncodedInTheAddress_IsRefused()
    {
        using var client = host.With(null);

        using var answer = await client.GetAsync("/flags?k=rwk%5F" + key[4..]);

        Assert.Equal("key-in-url", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public async Task Key_InABody_IsRefusedAndNotStored()
    {
        using var answer = await host.Http.PutAsJsonAsync("/flags/bar", new { percent = 1, reason = $"with {key}" });

        Assert.Equal("key-in-body", (await RunningHost.ProblemAsync(answer)).Code);
        Assert.DoesNotContain(key, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WhateverIsDoneWithIt_IsInNoLogAndNoFile()
    {
        // Trace: what no level writes, no configuration can write either.
        await host.StopAsync();
        await using var talkative = await RunningHost.StartAsync(change: settings => settings with { LogLevel = LogLevel.Trace }, folder: host.Folder);
        using var log = new CollectingLog();
        talkative.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        using var client = talkative.With(key);
        using var wrong = talkative.With(key[..^2]);
        foreach (var sender in new[] { client, wrong })
        {
            using (await sender.GetAsync($"/flags?key={key}")) { }
            using (await sender.GetAsync("/flags/absent")) { }
            using (await sender.PutAsJsonAsync("/flags/bar", new { percent = 5, reason = "by hand" })) { }
            using (await sender.PutAsJsonAsync("/flags/bar", new { reason = key })) { }
            using (await sender.PostAsJsonAsync("/api/rollouts", new { playbook = "tiny" })) { }
            using (var broken = new StringContent("{ oops", Encoding.UTF8, "application/json"))
            using (await sender.PostAsync("/api/rollouts", broken)) { }
        }

        // An error inside the server is logged whole.
        talkative.Services.GetRequiredService<RolloutDatabase>().Dispose();
        using (await client.GetAsync("/flags")) { }
        await talkative.StopAsync();

        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains(key[4..16], StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(talkative.Folder.Path, "*", SearchOption.AllDirectories))
            Assert.False(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).Contains(key[4..16], StringComparison.Ordinal), $"{file} holds the key");
    }
}
