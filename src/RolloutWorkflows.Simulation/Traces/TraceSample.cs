namespace RolloutWorkflows.Simulation;

/// <summary>One recorded value.</summary>
/// <param name="At">When it was measured.</param>
/// <param name="Value">The value; may be NaN.</param>
/// <param name="Samples">How many samples it rests on, where that was recorded.</param>
public readonly record struct TraceSample(DateTimeOffset At, double Value, double? Samples);
