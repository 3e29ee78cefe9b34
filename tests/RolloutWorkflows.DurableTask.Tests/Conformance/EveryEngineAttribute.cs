using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Runs a theory once on every engine, which is its first parameter; the arguments given here follow it.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EveryEngineAttribute(params object?[] arguments) : DataAttribute
{
    public IReadOnlyList<object?> Arguments => arguments;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<EngineKind>().Select(engine => new TheoryDataRow([engine, .. arguments]))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
