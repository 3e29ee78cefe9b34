namespace CloakMarketplace;

/// <summary>A clock that runs faster than the real one, from the moment at which it was made.</summary>
/// <param name="factor">How many of its seconds pass in a real one; at least 1.</param>
internal sealed class FastClock(double factor) : TimeProvider
{
    private readonly DateTimeOffset began = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => began + ((System.GetUtcNow() - began) * factor);
}
