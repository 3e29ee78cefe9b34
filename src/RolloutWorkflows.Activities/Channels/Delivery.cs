namespace RolloutWorkflows.Activities;

/// <summary>What became of one attempt at showing something.</summary>
/// <param name="Outcome">Done, to be tried again, or never to be taken.</param>
/// <param name="Reference">Where it stands outside: an address or id.</param>
/// <param name="Problem">Why it does not stand there; one sentence without secrets.</param>
/// <param name="After">The soonest another try makes sense, where the counterpart said so.</param>
internal sealed record Delivery(DeliveryOutcome Outcome, string? Reference = null, string? Problem = null, TimeSpan? After = null)
{
    public static readonly Delivery Nothing = new(DeliveryOutcome.Delivered);

    /// <summary>It stands outside.</summary>
    public static Delivery Done(string? reference = null) => new(DeliveryOutcome.Delivered, reference);

    /// <summary>The counterpart cannot be reached, is overloaded or broken: later tries may succeed, however long that takes.</summary>
    public static Delivery Later(string problem, TimeSpan? after = null) => new(DeliveryOutcome.Later, Problem: problem, After: after);

    /// <summary>The counterpart understood it and will not take it: the message is parked, and those after it go on.</summary>
    public static Delivery Refused(string problem) => new(DeliveryOutcome.Refused, Problem: problem);
}
