using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// The windows that hold for a stage, the playbook's and its own, and the deadlines that stand still while one of them is
/// closed. Pure, so safe in replay. Inputs alone decide what windows say, so the same run always has the same ones.
/// </summary>
internal sealed class StageWindows
{
    private readonly PlaybookClock clock;
    private readonly (WindowCalendar? Calendar, string? Unreadable) read;

    public StageWindows(RolloutInput rollout, Stage stage, int attempt, PlaybookClock clock)
        : this(clock, Read(rollout, stage, attempt, clock))
    {
    }

    private StageWindows(PlaybookClock clock, (WindowCalendar? Calendar, string? Unreadable) read) => (this.clock, this.read) = (clock, read);

    /// <summary>
    /// The same windows after somebody overrode them at a playbook time: open until they would have opened by themselves, for
    /// the stage and for the time of people. What closes after that holds again.
    /// </summary>
    public StageWindows Overridden(DateTimeOffset at) => Closed(at) is { } closed
        ? new(clock, ((read.Calendar ?? WindowCalendar.Of()).Opened(at, closed.Opens ?? DateTimeOffset.MaxValue), null))
        : this;

    /// <summary>A moment in UTC and on the clocks of the windows.</summary>
    public string Text(DateTimeOffset at) => (read.Calendar ?? WindowCalendar.Of()).Text(at);

    /// <summary>Why the stage may not open at a playbook time, and when it may; null where it may now.</summary>
    public (string Why, DateTimeOffset? Opens)? Closed(DateTimeOffset at)
    {
        if (read.Calendar is not { } calendar) return (read.Unreadable!, null);
        if (calendar.WhyClosed(at) is not { } why) return null;
        var opens = calendar.NextOpen(at);
        return (opens is null ? $"{why}, and no window opens any more" : why, opens);
    }

    /// <summary>The playbook time at which a playbook span has passed in open windows; null where it never has.</summary>
    public DateTimeOffset? DeadlineOf(DateTimeOffset from, TimeSpan span) =>
        read.Calendar is { } calendar ? calendar.DeadlineOf(from, span) : from + span;

    /// <summary>The same for people, in real time. Where waits are compressed, windows pass in moments and do not stop the time of people.</summary>
    public DateTimeOffset? RealDeadlineOf(DateTimeOffset from, TimeSpan span) => clock.Compression > 1 ? from + span : DeadlineOf(from, span);

    /// <summary>The next time, before a limit, at which a window opens or closes and with it the time of people runs or stands still; null where none does.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset at, DateTimeOffset until) =>
        read.Calendar is not { } calendar || clock.Compression > 1 ? null
        : calendar.IsOpen(at) ? calendar.NextClosed(at, until)
        : calendar.NextOpen(at);

    /// <summary>Why the time of people stands still now; null where it runs.</summary>
    public string? StandsStill(DateTimeOffset at) =>
        clock.Compression > 1 || Closed(at) is not { } closed ? null
        : closed.Opens is { } opens ? $"the window is closed ({closed.Why}) until {Text(opens)}"
        : $"the window is closed ({closed.Why})";

    private static (WindowCalendar? Calendar, string? Unreadable) Read(RolloutInput rollout, Stage stage, int attempt, PlaybookClock clock)
    {
        var scope = new ExpressionScope { Inputs = rollout.Inputs, Run = RunValues.Of(rollout, stage.Name, attempt, clock.Anchor) };
        try
        {
            return (WindowCalendar.Of(new[] { rollout.Playbook.Windows, stage.Windows }.OfType<Windows>().Select(window => WindowCalendar.Resolve(window, scope).WithHolidays(rollout.Holidays))), null);
        }
        catch (Exception unreadable) when (unreadable is FormatException or ExpressionException)
        {
            return (null, $"its windows cannot be read: {unreadable.Message}");
        }
    }
}
