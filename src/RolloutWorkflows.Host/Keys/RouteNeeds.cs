namespace RolloutWorkflows.Host;

/// <summary>What a route's trigger declares, as the gate finds it on the matched route.</summary>
internal sealed record RouteNeeds(Permission Permission);
