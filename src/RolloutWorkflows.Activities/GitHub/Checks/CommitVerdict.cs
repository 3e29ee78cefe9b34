using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>What the checks of a commit come to. Pure.</summary>
/// <param name="Verdict">Passed, Failed, or Waiting while some still run and none is red.</param>
/// <param name="Why">The end of a sentence that begins with the commit.</param>
/// <param name="Counted">The checks that counted, by name.</param>
internal sealed record CommitVerdict(StepVerdict Verdict, string Why, IReadOnlyList<CommitCheck> Counted)
{
    private const int Shown = 5;

    /// <summary>Judges.</summary>
    /// <param name="all">All checks of the commit.</param>
    /// <param name="named">Those that must be green; empty: all, and at least one.</param>
    /// <param name="maxAge">Older ones do not count; null: all do.</param>
    /// <param name="now">The present moment, in real time.</param>
    public static CommitVerdict Of(IReadOnlyList<CommitCheck> all, IReadOnlyList<string> named, TimeSpan? maxAge, DateTimeOffset now)
    {
        var wanted = named.Count == 0 ? all : [.. all.Where(check => named.Contains(check.Name, StringComparer.Ordinal))];
        var counted = wanted.Where(check => !IsTooOld(check, maxAge, now)).ToList();
        var red = counted.Where(check => check.State == CommitCheckState.Red).ToList();
        if (red.Count > 0) return new(StepVerdict.Failed, $"{Count(red.Count, counted.Count)} red: {List(red)}", counted);
        if (Absent(named, wanted, counted, maxAge) is { } absent) return new(StepVerdict.Failed, $"{absent}{Others(all)}", counted);
        if (counted.Count == 0) return new(StepVerdict.Failed, $"has no check{OfAge(all, maxAge)}; expected at least one", counted);
        var running = counted.Where(check => check.State == CommitCheckState.Running).ToList();
        return running.Count > 0
            ? new(StepVerdict.Waiting, $"{Count(running.Count, counted.Count)} not finished: {List(running)}", counted)
            : new(StepVerdict.Passed, $"is green: {string.Join(", ", counted.Take(Shown).Select(check => check.Name))}{More(counted.Count)}", counted);
    }

    private static bool IsTooOld(CommitCheck check, TimeSpan? maxAge, DateTimeOffset now) =>
        maxAge is { } most && check.State != CommitCheckState.Running && check.At < now - most;

    private static string? Absent(IReadOnlyList<string> named, IReadOnlyList<CommitCheck> wanted, List<CommitCheck> counted, TimeSpan? maxAge)
    {
        foreach (var name in named.Where(name => !counted.Exists(check => check.Name == name)))
        {
            return wanted.FirstOrDefault(check => check.Name == name) is { } old
                ? $"has '{name}', but too old: it finished {old.At:yyyy-MM-dd HH:mm} UTC, and counts for {PlaybookDuration.Format(maxAge!.Value)}"
                : $"has no check '{name}'";
        }

        return null;
    }

    private static string Others(IReadOnlyList<CommitCheck> all) =>
        all.Count == 0 ? "; there is none at all" : $"; there are {string.Join(", ", all.Select(check => check.Name).Distinct().Take(Shown))}{More(all.Count)}";

    private static string OfAge(IReadOnlyList<CommitCheck> all, TimeSpan? maxAge) =>
        all.Count > 0 && maxAge is { } most ? $" of the last {PlaybookDuration.Format(most)}, only older ones" : "";

    private static string Count(int some, int of) => $"has {some} of {of} {(of == 1 ? "check" : "checks")}";

    private static string List(List<CommitCheck> checks) =>
        string.Join("; ", checks.Take(Shown).Select(check => $"{check.Name} ({check.Says}{(check.Url is { } url ? $", {url}" : "")})")) + More(checks.Count);

    private static string More(int count) => count > Shown ? $" and {count - Shown} more" : "";
}
