using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RolloutWorkflows.Activities;

/// <summary>An origin that playbooks may send requests to. Immutable.</summary>
public sealed record EgressGrant
{
    private EgressGrant(Uri origin, bool isPrivate) => (Origin, Private) = (origin, isPrivate);

    /// <summary>Scheme, host and port; never a path.</summary>
    public Uri Origin { get; }

    /// <summary>
    /// True where the host may stand for a private or loopback address. By itself so where the origin is such an
    /// address, or <c>localhost</c>; for any other name only where it is stated, so that a name whose address changes
    /// opens no way inside.
    /// </summary>
    public bool Private { get; }

    /// <summary>Reads an origin such as <c>https://api.example.com</c>; where it is none, <paramref name="expected"/> says what it should be.</summary>
    public static bool TryParse(string text, bool statedPrivate, [NotNullWhen(true)] out EgressGrant? grant, [NotNullWhen(false)] out string? expected)
    {
        (grant, expected) = (null, "an origin such as \"https://api.example.com\" or \"http://127.0.0.1:8080\", without a path");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var origin) || origin.Scheme is not ("http" or "https")) return false;
        if (origin.PathAndQuery != "/" || origin.UserInfo.Length > 0 || origin.Fragment.Length > 0 || origin.IdnHost.Length == 0) return false;
        (grant, expected) = (new EgressGrant(origin, statedPrivate || IsPrivateByItself(origin)), null);
        return true;
    }

    /// <summary>True where the address is of this origin: same scheme, host and port.</summary>
    public bool Covers(Uri address) =>
        address.Scheme == Origin.Scheme && address.Port == Origin.Port && string.Equals(address.IdnHost, Origin.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool IsPrivateByItself(Uri origin) =>
        origin.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase) ||
        (IPAddress.TryParse(origin.IdnHost, out var address) && AddressReach.Of(address) == Reach.Private);
}
