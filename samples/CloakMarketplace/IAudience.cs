namespace CloakMarketplace;

/// <summary>Who is let in to a surface.</summary>
internal interface IAudience
{
    /// <summary>Those who are let in to a surface by the flag <c>cloak_marketplace_SURFACE</c>, as it stands now.</summary>
    ValueTask<Admission> OfAsync(string surface, CancellationToken cancellation);
}

/// <summary>Who is let in: nobody, some, or everybody.</summary>
/// <param name="Everybody">True where the flag stands at 100 %.</param>
/// <param name="Wallets">The allowlist beside it.</param>
internal sealed record Admission(bool Everybody, IReadOnlyCollection<string> Wallets)
{
    public static readonly Admission Nobody = new(Everybody: false, []);

    public bool Admits(string wallet) => Everybody || Wallets.Contains(wallet);
}
