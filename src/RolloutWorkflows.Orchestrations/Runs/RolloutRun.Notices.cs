using System.Globalization;

namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// What the run tells people. What needs them is told to the channel <c>ops</c>, and again after one hour of real time, after
/// two more, four more and so on, at last once a day, until a person gives an accepted command or its cause is gone.
/// </summary>
internal sealed partial class RolloutRun
{
    private static readonly TimeSpan RemindFirstAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan RemindAtLeastEvery = TimeSpan.FromDays(1);

    /// <summary>What nobody has acknowledged yet, by what it is about.</summary>
    private readonly Dictionary<string, CancellationTokenSource> reminders = [];

    private bool HasOperations => input.Playbook.Channels.Audiences.ContainsKey(Addressees.Operations);

    private IReadOnlyList<string> Operations => HasOperations ? [Addressees.Operations] : [];

    /// <summary>Whether the run has a thread of its own, which shows what is told and mentions who is named.</summary>
    private bool HasThread => input.Playbook.Channels.Slack is not null;

    /// <summary>Tells who is named or, where nobody is, the channel <c>ops</c>, if the playbook has one; in any case the run's thread.</summary>
    /// <param name="text">What people hear.</param>
    /// <param name="to">Persons, groups and channels.</param>
    /// <param name="hasOwnLine">True where a line of the record before this one says the same.</param>
    /// <param name="isReminder">True where it was told before.</param>
    private void NotifyPeople(string text, IReadOnlyList<string>? to = null, bool hasOwnLine = false, bool isReminder = false)
    {
        var addressees = Addressees.Of(to is { Count: > 0 } ? to : Operations, input.People, input.Playbook.Channels);
        var names = addressees.Names.Length > 0 ? addressees.Names : HasThread && !hasOwnLine ? "slack" : "";
        if (names.Length == 0) return;
        log.Write(RunLogKind.Announced, $"To {names}: {text}", lastStage?.Name,
            data: new ToldPeople { Text = text, Persons = addressees.Persons, HasOwnLine = hasOwnLine, IsReminder = isReminder });
        Send(addressees, text);
    }

    private void Send(Addressees addressees, string text)
    {
        if (addressees.Audiences.Count == 0) return;
        _ = context.CallActivityAsync(ActivityNames.Notify, new Notice
        {
            NoticeId = context.NewGuid().ToString("N"),
            RunId = input.RunId,
            At = NowUtc,
            Text = addressees.Persons.Count > 0 ? $"For {string.Join(", ", addressees.Persons)}: {text}" : text,
            To = addressees.Audiences,
            Channels = input.Playbook.Channels,
        }, Stubborn);
    }

    /// <summary>Tells what needs people to <c>ops</c>, and to others besides, and reminds <c>ops</c> until it is acknowledged or stands no longer.</summary>
    /// <param name="about">What it is about; a newer call about the same takes its place.</param>
    /// <param name="text">What people hear.</param>
    /// <param name="stands">Whether its cause is still there.</param>
    /// <param name="others">Persons, groups and channels that hear it once, besides.</param>
    private void CallForPeople(string about, string text, Func<bool> stands, IReadOnlyList<string>? others = null)
    {
        NotifyPeople(text, [.. others ?? [], .. Operations], hasOwnLine: about is not ("fault" or "drift"));
        StopReminding(about);
        if (!HasOperations && !HasThread) return;
        var acknowledged = reminders[about] = new CancellationTokenSource();
        _ = RemindAsync(text, stands, acknowledged.Token);
    }

    private async Task RemindAsync(string text, Func<bool> stands, CancellationToken acknowledged)
    {
        var since = NowUtc;
        var due = since;
        var pause = RemindFirstAfter;
        for (var number = 1; ; number++)
        {
            due += pause;
            pause = pause * 2 < RemindAtLeastEvery ? pause * 2 : RemindAtLeastEvery;
            try
            {
                await context.CreateTimer(due.UtcDateTime, acknowledged);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (RunTransitions.IsFinal(State) || !stands()) return;
            NotifyPeople(string.Create(CultureInfo.InvariantCulture, $"Reminder {number}, nobody has answered since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {text}"), Operations, isReminder: true);
        }
    }

    /// <summary>A person's accepted command says that somebody is at it.</summary>
    private void Acknowledge()
    {
        foreach (var about in reminders.Keys.ToList()) StopReminding(about);
    }

    private void StopReminding(string about)
    {
        if (!reminders.Remove(about, out var told)) return;
        told.Cancel();
        told.Dispose();
    }

    private void CallForHold(string why, IReadOnlyList<string>? others = null) =>
        CallForPeople("hold", WithChoices($"{input.RunId} holds: {why}"), () => State == RunState.Holding, others);

    private void CallForRollback(string text, Func<bool> stands, IReadOnlyList<string>? others = null, SurfaceRun? surface = null) =>
        CallForPeople(surface is null ? "rollback" : $"rollback of {surface.Name}", text, stands, others);
}
