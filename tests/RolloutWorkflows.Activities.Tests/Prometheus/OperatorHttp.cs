namespace RolloutWorkflows.Activities.Tests;

/// <summary>The way in which sources are asked, for tests of one source alone.</summary>
internal static class OperatorHttp
{
    public static OutboundHttp Create() => new(Grants.Everything, new EgressGuard(new EgressOptions(), new OwnListeners()), TimeProvider.System);
}
