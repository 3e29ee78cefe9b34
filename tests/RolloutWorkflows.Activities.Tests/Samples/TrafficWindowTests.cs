using Web4Service;

namespace RolloutWorkflows.Activities.Tests.Samples;

public sealed class TrafficWindowTests
{
    private readonly SteppedClock _clock = new();
    private readonly TrafficWindow _window;

    public TrafficWindowTests() => _window = new TrafficWindow(TimeSpan.FromSeconds(1), _clock);

    [Fact]
    public void Status_NoVisits_KnowsNothing()
    {
        var status = _window.Status();

        Assert.Equal((null, 0, null, 0), (status.Ops.ErrorRate, status.Ops.Requests, status.Ops.P95Ms, status.Ops.AllRequests));
        Assert.Equal((null, null, null), (status.Satisfaction, status.CompletionRate, status.RetentionRate));
    }

    [Fact]
    public void Status_ErrorRate_IsOfUsersWithTheFeatureOnly()
    {
        Visit("ada", feature: true, failed: true);
        Visit("bob", feature: true);
        Visit("cy");
        Visit("dee");

        var ops = _window.Status().Ops;

        Assert.Equal((0.5, 2, 4), (ops.ErrorRate, ops.Requests, ops.AllRequests));
    }

    [Fact]
    public void Status_OldVisits_AreForgotten()
    {
        Visit("ada", feature: true, failed: true);
        _clock.Advance(TimeSpan.FromMilliseconds(1001));
        Visit("ada", feature: true);

        Assert.Equal((0d, 1), (_window.Status().Ops.ErrorRate, _window.Status().Ops.Requests));
    }

    [Fact]
    public void Status_RetentionRate_IsTheShareOfReturningUsersWhoWereServedWellBefore()
    {
        Visit("ada");
        Visit("bob", feature: true, failed: true);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Visit("ada");
        Visit("bob");
        Visit("new");

        Assert.Equal(0.5, _window.Status().RetentionRate);
    }

    [Fact]
    public void Status_P95_LeavesTheSlowestTwentiethOut()
    {
        foreach (var _ in Enumerable.Range(0, 19)) Visit("ada", milliseconds: 10);
        Visit("ada", milliseconds: 900);

        Assert.Equal(10, _window.Status().Ops.P95Ms);
    }

    [Fact]
    public void Status_FailuresAndSlowness_LowerSatisfactionAndCompletion()
    {
        Visit("ada", feature: true);
        Visit("ada", feature: true, failed: true);
        Visit("ada", feature: true, milliseconds: 600);

        var status = _window.Status();

        Assert.Equal((2.867, 0.333333), (status.Satisfaction, status.CompletionRate));
    }

    private void Visit(string user, bool feature = false, bool failed = false, int milliseconds = 5) =>
        _window.Add(new Visit(user, feature, failed, TimeSpan.FromMilliseconds(milliseconds)));

    private sealed class SteppedClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
