using System.Globalization;

namespace RolloutWorkflows.Playbooks;

/// <summary>A day on which windows with its holidays are closed.</summary>
/// <param name="Date">The day, local to each window's zone.</param>
/// <param name="Name">What people call it; the reason that is shown.</param>
public sealed record Holiday(DateOnly Date, string Name)
{
    internal WindowRule Closed()
    {
        var date = Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new WindowRule { From = date, To = date, Reason = Name };
    }
}
