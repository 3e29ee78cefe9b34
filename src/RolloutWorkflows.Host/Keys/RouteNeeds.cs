namespace RolloutWorkflows.Host;

/// <summary>What a route's trigger declares, as the gate finds it on the matched route.</summary>
/// <param name="Permission">What a caller needs.</param>
/// <param name="MediaType">The media type of its bodies.</param>
/// <param name="TakesForms">Whether they may be forms too.</param>
internal sealed record RouteNeeds(Permission Permission, string MediaType, bool TakesForms);
