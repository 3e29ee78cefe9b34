namespace RolloutWorkflows.Bench.Measuring;

/// <summary>A result beside what the machine's disk did just before it was measured.</summary>
internal sealed record Calibrated<T>(Calibration Machine, T Result);
