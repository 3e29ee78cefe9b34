using System.Security.Cryptography;

namespace RolloutWorkflows.Counterparts;

/// <summary>A GitHub App, installed for every repository.</summary>
public sealed class FakeApp : IDisposable
{
    internal FakeApp(long id, string slug, long installationId, FakeAccount bot) => (Id, Slug, InstallationId, Bot) = (id, slug, installationId, bot);

    public long Id { get; }

    public string Slug { get; }

    public long InstallationId { get; }

    /// <summary>The account that stands as author of what the App writes.</summary>
    public FakeAccount Bot { get; }

    /// <summary>Permissions by name.</summary>
    public Dictionary<string, string> Permissions { get; } = new()
    {
        ["issues"] = "write",
        ["checks"] = "read",
        ["statuses"] = "read",
        ["contents"] = "read",
        ["actions"] = "write",
        ["deployments"] = "write",
        ["metadata"] = "read",
    };

    /// <summary>The private key as GitHub gives it, PKCS#1.</summary>
    public string PrivateKey => Key.ExportRSAPrivateKeyPem();

    /// <summary>The same key as PKCS#8.</summary>
    public string PrivateKeyPkcs8 => Key.ExportPkcs8PrivateKeyPem();

    internal RSA Key { get; } = RSA.Create(2048);

    public void Dispose() => Key.Dispose();
}
