namespace RolloutWorkflows.Activities;

/// <summary>Whether a run still goes on.</summary>
public enum RunLife
{
    /// <summary>No run has that id: it was never scheduled, is about to be, or was purged.</summary>
    Absent,

    /// <summary>It has not ended, whatever it does.</summary>
    Live,

    /// <summary>It has ended for good, however.</summary>
    Ended,
}
