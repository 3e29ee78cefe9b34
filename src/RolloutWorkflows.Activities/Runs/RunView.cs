using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>A run as it stands now.</summary>
/// <param name="Input">What it started with.</param>
/// <param name="Status">What people see of it.</param>
/// <param name="IsOver">True: it has ended, in whatever way. A rollback may open it again.</param>
/// <param name="Soak">The soak of the stage in hand; null where none goes on, or where it cannot be read.</param>
public sealed record RunView(RolloutInput Input, RunStatus Status, bool IsOver, SoakStatus? Soak = null);
