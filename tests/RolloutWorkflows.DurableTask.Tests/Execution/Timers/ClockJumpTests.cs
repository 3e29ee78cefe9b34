using Microsoft.Extensions.Logging.Abstractions;
using RolloutWorkflows.DurableTask.Execution;
using RolloutWorkflows.DurableTask.Execution.Timers;
using RolloutWorkflows.DurableTask.Storage;
using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Tests.Execution.Timers;

/// <summary>The wall clock may jump, as after the machine slept; the time that sleeps are measured by does not.</summary>
public sealed class ClockJumpTests : IAsyncDisposable
{
    private readonly InMemoryOrchestrationStore _store = new();
    private readonly JumpingClock _clock = new();
    private readonly List<TimerRow> _fired = [];
    private readonly TimerService _timers;

    public ClockJumpTests() => _timers = new(_store, _clock, TimeSpan.FromSeconds(30), new WorkCounter(), _fired.Add, NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        _timers.Dispose();
        await _store.DisposeAsync();
    }

    [Theory]
    [InlineData(100)]
    [InlineData(3_600)]
    public async Task Timer_WhenTheClockJumpsPastIt_FiresAtTheNextLookAtTheClock(int seconds)
    {
        TimerRow timer = new("a", "e", 1, _clock.GetUtcNow().UtcDateTime.AddSeconds(seconds));
        await _store.CommitAsync(new() { NewTimers = [timer] });
        await _timers.StartAsync(default);

        _clock.Jump = TimeSpan.FromHours(2);
        _clock.Inner.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal([timer], _fired);
    }

    [Fact]
    public async Task Timer_WhenTheClockJumpsBack_FiresAtItsTimeAndOnce()
    {
        await _timers.StartAsync(default);
        TimerRow timer = new("a", "e", 1, _clock.GetUtcNow().UtcDateTime.AddSeconds(100));
        await _store.CommitAsync(new() { NewTimers = [timer] });
        _timers.Add(timer);

        _clock.Jump = TimeSpan.FromHours(-1);
        _clock.Inner.Advance(TimeSpan.FromSeconds(100));
        Assert.Empty(_fired);
        _clock.Inner.Advance(TimeSpan.FromHours(1));

        Assert.Equal([timer], _fired);
    }

    private sealed class JumpingClock : TimeProvider
    {
        public VirtualTimeProvider Inner { get; } = new();

        public TimeSpan Jump { get; set; }

        public override DateTimeOffset GetUtcNow() => Inner.GetUtcNow() + Jump;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Inner.CreateTimer(callback, state, dueTime, period);
    }
}
