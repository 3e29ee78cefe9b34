using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Credentials of sources: they arrive, and they arrive nowhere else.</summary>
public sealed class SourceCredentialTests
{
    private const string Password = "correct horse";

    /// <summary>Basic authentication of "rollout" with <see cref="Password"/>, as bcrypt.</summary>
    private const string Web = "basic_auth_users: { rollout: \"$2b$04$6JkhFinxC4ieRu37eZm95ebfSLC5QYn8PSEDlzRqp.eTor5V0UyRC\" }\n";

    [Fact]
    public async Task BasicAuth_RealPrometheus_RightPasswordIsTakenAndAWrongOneIsAnError()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Password + "\n", TestContext.Current.CancellationToken);
            var credentials = new HttpCredentials { UserName = "rollout", Password = new SecretLocation { Name = "prom", File = file } };
            await using var prometheus = await PrometheusServer.StartAsync(() => "satisfaction 4.25\n", web: Web, credentials: credentials);
            await prometheus.WaitForAsync("satisfaction", series => series.Count == 0 || series[0].Value == 4.25);
            using var http = OperatorHttp.Create();
            PrometheusSource With(HttpCredentials stated) => new(new PrometheusApi(prometheus.Source with { Credentials = stated }, new SourceHttp(http, new Secrets(new SecretOptions()))), TimeProvider.System);

            Assert.Null(await With(credentials).ProbeAsync(TestContext.Current.CancellationToken));
            Assert.Equal("the answer was 401: the source wants other credentials than the host's configuration has for it", await With(new HttpCredentials()).ProbeAsync(TestContext.Current.CancellationToken));

            // A rotated password counts at once.
            await File.WriteAllTextAsync(file, "another", TestContext.Current.CancellationToken);
            Assert.StartsWith("the answer was 401", await With(credentials).ProbeAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Credentials_OfEveryKind_AreSent()
    {
        var seen = new ConcurrentBag<(string Authorization, string Key)>();
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            seen.Add((context.Request.Headers.Authorization.ToString(), context.Request.Headers["X-Api-Key"].ToString()));
            return context.Response.WriteAsync("""{ "rate": 1 }""");
        });
        using var http = OperatorHttp.Create();
        var secrets = new Secrets(new SecretOptions { Environment = name => name + "-value" });
        var source = new JsonHttpSource
        {
            Url = server.Address,
            Credentials = new HttpCredentials
            {
                BearerToken = new SecretLocation { Name = "t", Environment = "TOKEN" },
                Headers = new Dictionary<string, SecretLocation> { ["X-Api-Key"] = new() { Name = "k", Environment = "KEY" } },
            },
        };

        Assert.Null(await new JsonHttpMetricSource(source, new SourceHttp(http, secrets)).ProbeAsync(TestContext.Current.CancellationToken));

        Assert.Equal(("Bearer TOKEN-value", "KEY-value"), Assert.Single(seen));
    }

    [Fact]
    public async Task Credentials_SourceThatRepeatsThem_AppearInNoRowLogMessageOrOutput()
    {
        const string Secret = "tok-4711-secret";
        var asked = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            asked++;
            context.Response.StatusCode = 400;
            return context.Response.WriteAsync(JsonSerializer.Serialize(new { status = "error", error = $"bad header '{context.Request.Headers.Authorization}'" }));
        });
        var log = new ListLog();
        using var rig = new StepRig(services => services
            .AddSingleton<ILoggerFactory>(_ => LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)))
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton(new SecretOptions { Environment = _ => Secret })
            .AddSingleton(new MetricSourceOptions
            {
                Prometheus = new Dictionary<string, PrometheusHttpSource>
                {
                    ["prometheus"] = new() { Url = server.Address, Credentials = new HttpCredentials { BearerToken = new SecretLocation { Name = "prom-token", Environment = "TOKEN" } } },
                },
            }));
        var metrics = new Dictionary<string, Metric> { ["errors"] = new() { Source = "prometheus", Value = "errors" } };
        var request = new MeasureRequest
        {
            RunId = "run",
            Playbook = "web4",
            Stage = "one",
            Attempt = 1,
            Epoch = 0,
            GridTime = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            Guardrails =
            [
                new Guardrail { Name = "errors", Metric = "errors", FailureCondition = "result > 5%" },
                new Guardrail { Name = "no-page", Uses = "alerts/silent" },
            ],
            Metrics = metrics,
        };

        var measured = await rig.CallAsync<MeasureResult>(ActivityNames.Measure, request);
        var step = await rig.StepAsync(StepRig.Request("metric/threshold", new { metric = "errors", successCondition = "result < 1" }) with { Metrics = metrics });
        var rows = await rig.Measurements.ReadAsync(new MeasurementQuery { RunId = "run" }, TestContext.Current.CancellationToken);

        Assert.Equal(3, asked);
        Assert.Contains("source prometheus: the query was refused: bad header 'Bearer ***'", measured.Measurements[0].Message, StringComparison.Ordinal);
        string[] everything = [JsonSerializer.Serialize(measured), JsonSerializer.Serialize(step), JsonSerializer.Serialize(rows), .. log.Lines];
        Assert.All(everything, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_SecretMissing_IsAnErrorThatNamesItAndNothingIsSent()
    {
        await using var server = await LoopbackServer.StartAsync("{}");
        using var http = OperatorHttp.Create();
        var source = new JsonHttpSource { Url = server.Address, Credentials = new HttpCredentials { BearerToken = new SecretLocation { Name = "prom-token", Environment = "TOKEN" } } };

        var wrong = await new JsonHttpMetricSource(source, new SourceHttp(http, new Secrets(new SecretOptions { Environment = _ => null }))).ProbeAsync(TestContext.Current.CancellationToken);

        Assert.Equal("the secret 'prom-token' cannot be used: the setting TOKEN is missing", wrong);
        Assert.Empty(server.Requests);
    }

    private sealed class ListLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
