using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace RolloutWorkflows.Counterparts;

/// <summary>A service outside, played by a real HTTP server on a loopback port, with a state that tests can look at and faults that they can switch on. Safe for use by many threads at once.</summary>
public abstract class Counterpart : IAsyncDisposable
{
    private WebApplication? app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app!.Urls.Single());

    /// <summary>Answers requests.</summary>
    protected abstract void Map(WebApplication app);

    /// <summary>Starts listening on a free port.</summary>
    protected async Task ListenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        app = builder.Build();
        app.UseRouting();
        Map(app);
        await app.StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null) await app.DisposeAsync();
    }
}
