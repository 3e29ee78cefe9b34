using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RolloutWorkflows.Host;

/// <summary>Who sent a request, as the server established it; what a body says about it is only ever compared with this.</summary>
internal sealed record Caller
{
    /// <summary>Somebody on this machine, before the server has its first key.</summary>
    public static readonly Caller LocalReader = new() { Owner = default, May = Permission.Read };

    /// <summary>Somebody without a key where keys are needed: hears that the server is alive.</summary>
    public static readonly Caller Nobody = new() { Owner = default, May = Permission.None };

    public required KeyOwner Owner { get; init; }

    /// <summary>The most that it may do.</summary>
    public required Permission May { get; init; }

    /// <summary>Under which name its doings are recorded.</summary>
    public string Actor => Owner.Actor;

    public bool IsService => Owner.IsService;

    public bool IsAdmin => May == Permission.Admin;

    public static Caller With(StoredKey key) => new()
    {
        Owner = key.Holder,
        May = key.Role switch
        {
            KeyRole.Reader => Permission.Read,
            KeyRole.Operator => Permission.Operate,
            KeyRole.Admin => Permission.Admin,
            _ => Permission.None,
        },
    };

    /// <summary>The caller of a request that has passed the gate.</summary>
    public static Caller Of(HttpContext http) => http.Features.GetRequiredFeature<Caller>();

    /// <summary>Refuses a body that names somebody else; naming nobody is fine, since the key says who it is.</summary>
    /// <exception cref="ProblemException">403: the body names another than the key's owner.</exception>
    public void RequireNamedBy(string? actor)
    {
        if (actor is null || actor == Actor || (IsService && actor == Owner.Name)) return;
        throw KeyProblems.OtherActor(this, actor);
    }
}
