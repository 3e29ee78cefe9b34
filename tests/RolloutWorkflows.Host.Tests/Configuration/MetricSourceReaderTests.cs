using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host.Tests.Configuration;

/// <summary>Metric sources and the secrets they are signed in with, as host.json states them.</summary>
public sealed class MetricSourceReaderTests : IDisposable
{
    private const string Secret = "s3cret-4711";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_PrometheusWithNamedSecrets_KeepsNamesAndNoSecrets()
    {
        var rollout = Read("""
            "secrets": { "prom-token": { "env": "PROM_TOKEN" }, "api-key": { "file": "keys/api" } },
            "metricSources": {
              "prometheus": { "provider": "prometheus", "address": "https://prom.example/base", "timeoutSeconds": 2, "bearerTokenSecret": "prom-token",
                              "headers": { "X-Scope-OrgID": "team-a", "X-Api-Key": { "secret": "api-key" }, "X-Other-Key": { "file": "keys/other" } } },
              "basic": { "provider": "prometheus", "address": "https://prom.example", "basicAuth": { "username": "rollout", "passwordFile": "keys/password" } } }
            """).Rollout;

        var source = rollout.MetricSources["prometheus"];
        Assert.Equal((MetricProvider.Prometheus, new Uri("https://prom.example/base"), TimeSpan.FromSeconds(2)), (source.Provider, source.Address, source.Timeout));
        Assert.Equal(new SecretLocation { Name = "prom-token", Environment = "PROM_TOKEN" }, source.Credentials.BearerToken);
        Assert.Equal(("team-a", 1), (source.Headers["X-Scope-OrgID"], source.Headers.Count));
        Assert.Equal(Path.Combine(folder.Path, "keys", "api"), source.Credentials.Headers["X-Api-Key"].File);
        Assert.Equal(Path.Combine(folder.Path, "keys", "other"), source.Credentials.Headers["X-Other-Key"].File);
        Assert.Equal(("rollout", Path.Combine(folder.Path, "keys", "password")), (rollout.MetricSources["basic"].Credentials.UserName, rollout.MetricSources["basic"].Credentials.Password!.File));
        Assert.Equal(["api-key", "prom-token"], rollout.Secrets.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"bearerToken\": \"s3cret-4711\"", "bearerToken")]
    [InlineData("\"token\": \"s3cret-4711\"", "token")]
    [InlineData("\"password\": \"s3cret-4711\"", "password")]
    [InlineData("\"apiKey\": \"s3cret-4711\"", "apiKey")]
    [InlineData("\"headers\": { \"Authorization\": \"Bearer s3cret-4711\" }", "headers.Authorization")]
    [InlineData("\"headers\": { \"X-Api-Key\": \"s3cret-4711\" }", "headers.X-Api-Key")]
    [InlineData("\"headers\": { \"Cookie\": \"s3cret-4711\" }", "headers.Cookie")]
    [InlineData("\"basicAuth\": { \"username\": \"rollout\", \"password\": \"s3cret-4711\" }", "basicAuth.password")]
    public void Read_SecretInClear_IsRefusedWithTheWayOutAndNotRepeated(string entry, string place)
    {
        var problem = Assert.Single(Problems($$"""
            "metricSources": { "prometheus": { "provider": "prometheus", "address": "http://127.0.0.1:9090", {{entry}} } }
            """));

        Assert.StartsWith($"host.json.extensions.rollout.metricSources.prometheus.{place}: expected no secret in this file; name it with ", problem, StringComparison.Ordinal);
        Assert.Contains("extensions.rollout.secrets", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"secrets\": { \"a\": \"s3cret-4711\" }", "secrets.a: expected where the secret lies: { \"env\": \"VARIABLE\" } or { \"file\": \"PATH\" }, got a value in clear, which is not shown here.")]
    [InlineData("\"secrets\": { \"a\": { \"env\": \"s3cret-4711\" } }", "secrets.a.env: expected the name of an environment variable: letters, digits and _, got another text, which is not shown here.")]
    [InlineData("\"secrets\": { \"a\": { } }", "secrets.a: expected exactly one of env and file, got neither.")]
    [InlineData("\"secrets\": { \"a\": { \"env\": \"A\", \"file\": \"a\" } }", "secrets.a: expected exactly one of env and file, got both.")]
    [InlineData("\"secrets\": { \"prom\": { \"env\": \"A\" } }, \"metricSources\": { \"p\": { \"address\": \"http://x\", \"bearerTokenSecret\": \"s3cret-4711\" } }", "metricSources.p.bearerTokenSecret: expected the name of a secret under extensions.rollout.secrets (known: prom), got another text.")]
    [InlineData("\"metricSources\": { \"p\": { \"address\": \"http://rollout:s3cret-4711@x\" } }", "metricSources.p.address: expected an address without a user and password in it; write basicAuth: { username, passwordSecret: NAME }, got one with them.")]
    [InlineData("\"metricSources\": { \"p\": { \"provider\": \"graphite\", \"address\": \"http://x\" } }", "metricSources.p.provider: expected \"json\" or \"prometheus\", got \"graphite\".")]
    [InlineData("\"metricSources\": { \"p\": { \"address\": \"http://x\", \"bearerTokenFile\": \"a\", \"basicAuth\": { \"username\": \"u\", \"passwordFile\": \"b\" } } }", "metricSources.p: expected bearerToken… or basicAuth, got both.")]
    [InlineData("\"metricSources\": { \"p\": { \"address\": \"http://x\", \"basicAuth\": { \"username\": \"u\" } } }", "metricSources.p.basicAuth.passwordSecret: expected the name of a secret, or passwordFile, got nothing.")]
    public void Read_CredentialsThatCannotBe_AreExplained(string entries, string problem)
    {
        var problems = Problems(entries);

        Assert.Equal($"host.json.extensions.rollout.{problem}", Assert.Single(problems));
        Assert.All(problems, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
    }

    private HostConfiguration Read(string entries)
    {
        folder.Write("host.json", $$"""{ "extensions": { "rollout": { {{entries}} } } }""");
        var configuration = HostConfigurationReader.Read(folder.Path, new Dictionary<string, string>());
        Assert.Empty(configuration.Warnings);
        return configuration;
    }

    private IReadOnlyList<string> Problems(string entries) => Assert.Throws<HostConfigurationException>(() => Read(entries)).Problems;
}
