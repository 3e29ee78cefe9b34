namespace RolloutWorkflows.Orchestrations;

/// <summary>
/// Maps between real time and playbook time. Both are the same unless a demo compresses waits: then playbook time runs
/// <see cref="Compression"/> times faster from the start of the run on. Pure, so safe in replay.
/// </summary>
public sealed record PlaybookClock
{
    /// <summary>Measurements never come faster than this in real time, however much waits are compressed.</summary>
    public static readonly TimeSpan FastestMeasurement = TimeSpan.FromMilliseconds(100);

    /// <summary>The moment at which both clocks agree: the start of the run, UTC.</summary>
    public required DateTime Anchor { get; init; }

    /// <summary>Playbook seconds per real second; at least 1.</summary>
    public double Compression { get; init; } = 1;

    /// <summary>The playbook time of a real moment.</summary>
    public DateTimeOffset ToPlaybook(DateTime utc) =>
        new(Compression == 1 ? utc : Anchor + (utc - Anchor) * Compression, TimeSpan.Zero);

    /// <summary>The first real moment at which a playbook time has come: never before it, so that who wakes then finds it due.</summary>
    public DateTime ToReal(DateTimeOffset playbook) =>
        Compression == 1 ? playbook.UtcDateTime : Anchor + ToReal(playbook.UtcDateTime - Anchor);

    /// <summary>How long a playbook span takes in real time.</summary>
    public TimeSpan ToReal(TimeSpan playbook) => Compression == 1 ? playbook : new((long)Math.Ceiling(playbook.Ticks / Compression));

    /// <summary>A measurement interval as it is kept: the playbook's, unless compression would make it too fast.</summary>
    public TimeSpan Paced(TimeSpan interval)
    {
        var fastest = FastestMeasurement * Compression;
        return Compression > 1 && interval < fastest ? fastest : interval;
    }
}
