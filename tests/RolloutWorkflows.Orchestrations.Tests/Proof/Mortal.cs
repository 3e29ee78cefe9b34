using System.Reflection;

namespace RolloutWorkflows.Orchestrations.Tests.Proof;

/// <summary>A store that outlives the process, seen from within it.</summary>
public class Mortal<TStore> : DispatchProxy
    where TStore : class
{
    private static readonly string[] Reads = ["FindAsync", "EpochOfAsync", "ListAsync", "AuditAsync", "ReadAsync", "WaitForAnswerAsync", "ListOfOthersSinceAsync"];

    private Life life = null!;
    private TStore store = null!;

    internal static TStore Of(TStore store, Life life)
    {
        var seen = Create<TStore, Mortal<TStore>>();
        var mortal = (Mortal<TStore>)(object)seen;
        (mortal.store, mortal.life) = (store, life);
        return seen;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (Reads.Contains(targetMethod!.Name)) life.Read();
        else life.Write();
        return targetMethod.Invoke(store, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
