using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Brings what was said in Slack to its run while Slack waits. Thread-safe.</summary>
internal sealed class SlackCommands(IChannelCommands commands, TimeProvider time)
{
    /// <summary>How long the run's own answer is waited for; without it the person hears that the command is stored.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>When Slack is told that it was not taken; it gives up after three seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.5);

    /// <summary>The answer of the run, once the command is stored.</summary>
    /// <exception cref="ProblemException">503: not stored in time. Whoever sends it again under the same id is counted once.</exception>
    public async Task<ChannelAnswer> SendAsync(ChannelCommand command)
    {
        // Not given up where Slack hangs up: what was said is said.
        var sending = commands.SendAsync(command with { Patience = Patience }, CancellationToken.None);
        try
        {
            return await sending.WaitAsync(Limit, time);
        }
        catch (TimeoutException)
        {
            _ = sending.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw SlackProblems.NotTaken();
        }
    }

    /// <summary>What the person is told, in Slack's markup.</summary>
    public static string Shown(ChannelAnswer answer) => answer.Accepted switch
    {
        true => $"*Accepted:* {SlackText.Escape(answer.Message)}",
        false => $"*Refused:* {SlackText.Escape(answer.Message)}",
        null => $"*Stored:* {SlackText.Escape(answer.Message)}",
    };
}
