namespace RolloutWorkflows.Activities;

/// <summary>A label.</summary>
/// <param name="Name">Unique in the repository; upper and lower case are the same.</param>
/// <param name="Color">Six hexadecimal digits, without <c>#</c>.</param>
/// <param name="Description">At most 100 characters.</param>
public sealed record GitHubLabel(string Name, string Color, string? Description);
