using System.Globalization;
using System.Web;

namespace RolloutWorkflows.Activities;

/// <summary>The SAS URL of a container, taken apart. It is a secret as a whole: no message ever holds any of it but the container's name.</summary>
internal sealed class AzureContainer
{
    private readonly Uri address;

    private AzureContainer(Uri address) => this.address = address;

    /// <summary>The last part of the path; harmless.</summary>
    public string Name => address.AbsolutePath.TrimEnd('/').Split('/')[^1];

    /// <summary>What the SAS permits, such as <c>cw</c>; null where it names a stored policy instead.</summary>
    public string? Permissions => HttpUtility.ParseQueryString(address.Query)["sp"];

    /// <summary>When it ends; null where a stored policy says so.</summary>
    public DateTimeOffset? ExpiresAt =>
        DateTimeOffset.TryParse(HttpUtility.ParseQueryString(address.Query)["se"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <exception cref="SecretException">It is no SAS URL of a container.</exception>
    public static AzureContainer Of(string secretName, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) throw Unusable("it is no address");
        if (address.Scheme == "http" && !address.IsLoopback) throw Unusable("it begins with http://, and a SAS token goes over https:// alone");
        if (HttpUtility.ParseQueryString(address.Query)["sig"] is not { Length: > 0 }) throw Unusable("it has no signature (sig=), so it is no SAS URL");
        return address.AbsolutePath.Trim('/').Length > 0 ? new AzureContainer(address) : throw Unusable("it names no container");

        SecretException Unusable(string why) => new($"the secret '{secretName}' cannot be used: {why}; expected https://ACCOUNT.blob.core.windows.net/CONTAINER?…&sig=…");
    }

    /// <summary>The address of a blob, with the token in it.</summary>
    public Uri AddressOf(string blob) => new UriBuilder(address) { Path = $"{address.AbsolutePath.TrimEnd('/')}/{string.Join('/', blob.Split('/').Select(Uri.EscapeDataString))}" }.Uri;
}
