using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Slack;

public sealed class SlackCommandsTests
{
    private readonly VirtualTimeProvider time = new();

    private static ChannelCommand Command => new() { RunId = "r", CommandId = "c", Verb = RunVerb.Hold, Identity = Identity.Slack("T", "U", null), Via = "slack", SaidAt = DateTimeOffset.UnixEpoch };

    [Fact]
    public async Task Send_NotStoredBeforeSlackHangsUp_IsNotSaidToBeTaken()
    {
        var slow = new SlowCommands();
        var sending = new SlackCommands(slow, time).SendAsync(Command);

        time.Advance(SlackCommands.Limit);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => sending);
        Assert.Equal((503, "slack-not-taken"), (problem.Problem.Status, problem.Problem.Code));
        Assert.True(SlackCommands.Limit < TimeSpan.FromSeconds(3));
        Assert.False(slow.GivenUp, "what was said is said: it is not given up half-way");
    }

    [Fact]
    public async Task Send_StoredAndNotAnswered_WaitsForTheRunNoLongerThanSlackDoes()
    {
        var slow = new SlowCommands();
        var sending = new SlackCommands(slow, time).SendAsync(Command);

        slow.Answer.SetResult(new ChannelAnswer(null, "Taken; the run has not answered yet.", "ada"));

        Assert.Contains("*Stored:*", SlackCommands.Shown(await sending), StringComparison.Ordinal);
        Assert.Equal(SlackCommands.Patience, slow.Asked!.Patience);
        Assert.True(SlackCommands.Patience < SlackCommands.Limit);
    }

    [Fact]
    public void RecentIds_MoreThanAreKept_ForgetTheOldestOnly()
    {
        var ids = new RecentIds(time);
        for (var id = 0; id < RecentIds.Maximum; id++) Assert.True(ids.Add($"{id}"));

        Assert.False(ids.Add("0"));
        Assert.True(ids.Add("one more"));
        Assert.True(ids.Add("0"));
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(ids.Add("5000"));
    }

    private sealed class SlowCommands : IChannelCommands
    {
        public TaskCompletionSource<ChannelAnswer> Answer { get; } = new();

        public ChannelCommand? Asked { get; private set; }

        public bool GivenUp { get; private set; }

        public Task<ChannelAnswer> SendAsync(ChannelCommand command, CancellationToken cancellation = default)
        {
            Asked = command;
            cancellation.Register(() => GivenUp = true);
            return Answer.Task;
        }
    }
}
