using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>The self-hosted server: HTTP triggers over the durable engine, in one process.</summary>
public static class RolloutHost
{
    /// <summary>
    /// Builds the server; nothing runs or listens before it is started. Stopping it loses nothing: every run goes on
    /// where it stood when a server is started on the same data folder.
    /// </summary>
    /// <exception cref="HostConfigurationException">The configuration or an address cannot be used.</exception>
    public static WebApplication Build(HostSettings settings)
    {
        var configuration = HostConfigurationReader.Read(HostLocations.RequireRoot(settings.Root));
        var locations = HostLocations.Of(settings, configuration);
        var hasKeys = KeyFile.Of(locations, settings.TimeProvider).Read().Count > 0;
        var addresses = ListenAddresses.Require(settings.Urls, hasKeys, settings.BehindProxy);
        var webhooks = ListenAddresses.RequireForWebhooks(settings.WebhookUrls ?? configuration.Rollout.WebhookUrls, hasKeys);

        // An empty builder: nothing but host.json and the command line decides where and how this server listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            WebhookListener.Listen(kestrel, addresses, webhooks);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = JsonBody.MaximumBytesRead;
        });
        AddLogging(builder.Logging, settings.LogLevel);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(settings).AddSingleton(configuration).AddSingleton(locations).AddSingleton(settings.TimeProvider);
        builder.Services.AddSingleton(new AllowedHosts(addresses.Concat(webhooks), configuration.Rollout.AllowedHosts));
        builder.Services.AddRolloutServer(configuration, locations);

        var app = builder.Build();
        app.UseMiddleware<ProblemAnswers>().UseMiddleware<WebhookListener>();
        app.UseRouting();
        app.UseMiddleware<RequestGuard>().UseMiddleware<KeyGate>();
        foreach (var trigger in app.Services.GetServices<HttpTrigger>())
            app.MapMethods(trigger.Route, [trigger.Method], trigger.RunAsync).WithMetadata(new RouteNeeds(trigger.Needs, trigger.MediaType, trigger.TakesForms));
        app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<OwnListeners>().Set(app.Urls.Select(url => BindingAddress.Parse(url).Port)));
        app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<StartReport>().Write(app.Urls));
        return app;
    }

    private static void AddLogging(ILoggingBuilder logging, LogLevel level)
    {
        // Standard output is for data; whoever pipes it must not find log lines there.
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "HH:mm:ss.fff ";
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning).AddFilter(null, level);
        // It logs nothing but what it throws as well, and whoever starts the server says that in one line without a trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
