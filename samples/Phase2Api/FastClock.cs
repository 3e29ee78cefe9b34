namespace Phase2Api;

/// <summary>A clock that agrees with the real one when it is made and runs faster from then on.</summary>
public sealed class FastClock(double speed) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _start + (System.GetUtcNow() - _start) * speed;
}
