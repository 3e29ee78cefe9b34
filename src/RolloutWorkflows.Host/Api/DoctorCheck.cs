namespace RolloutWorkflows.Host;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Health">What was found.</param>
/// <param name="Message">What was found, in words.</param>
/// <param name="Remedy">What to do; null where there is nothing to do.</param>
public sealed record DoctorCheck(string Name, Health Health, string Message, string? Remedy = null);
