using RolloutWorkflows.DurableTask.Testing;

namespace RolloutWorkflows.DurableTask.Tests.Testing;

public sealed class VirtualTimeProviderTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public void Advance_PastSeveralTimers_FiresThemInOrderAtTheirTimes()
    {
        List<(string, TimeSpan)> fired = [];
        DateTimeOffset start = _time.GetUtcNow();
        using ITimer later = _time.CreateTimer(_ => fired.Add(("later", _time.GetUtcNow() - start)), null, TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan);
        using ITimer sooner = _time.CreateTimer(_ => fired.Add(("sooner", _time.GetUtcNow() - start)), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal([("sooner", TimeSpan.FromSeconds(10)), ("later", TimeSpan.FromSeconds(20))], fired);
        Assert.Equal(start.AddSeconds(30), _time.GetUtcNow());
        Assert.Null(_time.NextDue);
    }

    [Fact]
    public void Timer_WithAPeriod_FiresOncePerPeriod()
    {
        int fired = 0;
        using ITimer timer = _time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(3, fired);
    }

    [Fact]
    public void Delay_UntilTheClockMoves_DoesNotEnd()
    {
        Task delay = Task.Delay(TimeSpan.FromDays(30), _time);

        _time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        bool before = delay.IsCompleted;
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(before);
        Assert.True(delay.IsCompletedSuccessfully);
    }

    [Fact]
    public void CancelAfter_WhenItsTimeComes_Cancels()
    {
        using CancellationTokenSource source = new(TimeSpan.FromMinutes(1), _time);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public void DisposedTimer_WhenItsTimeComes_DoesNotFire()
    {
        bool fired = false;
        ITimer timer = _time.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        timer.Dispose();

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.False(fired);
        Assert.Null(_time.NextDue);
    }
}
