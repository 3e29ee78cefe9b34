using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Host;

/// <summary>What whoever starts the server decides; everything else stands in <c>host.json</c>.</summary>
public sealed record HostSettings
{
    public const string DefaultUrls = "http://127.0.0.1:7071";

    /// <summary>The folder with <c>host.json</c>, <c>local.settings.json</c>, <c>people.yaml</c> and the playbooks.</summary>
    public required string Root { get; init; }

    /// <summary>Where the databases live; null: <c>.rollout</c> in <see cref="Root"/>.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Addresses to listen on, separated by semicolons. Port 0 takes a free one. Other than loopback needs keys and <see cref="BehindProxy"/>.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>Addresses on which nothing but <c>/webhooks/…</c> is served, separated by semicolons; null: those of <c>host.json</c>. Other than loopback needs keys.</summary>
    public string? WebhookUrls { get; init; }

    /// <summary>True: a proxy in front ends TLS, so plain http beyond loopback carries no key over a network that others read.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>True lets a start ask for compressed waits. For demos and tests: a compressed soak proves nothing about production.</summary>
    public bool AllowTimeCompression { get; init; }

    /// <summary>The least severe message that the log shows.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
