using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.Orchestrations.Tests.Proof;

/// <summary>
/// The life of a process, counted in what it writes: commits of the engine, lines of journal and record, changes of
/// flags. It can be told to die at one of them: that one and all later ones do not happen any more.
/// </summary>
internal sealed class Life
{
    private readonly Lock gate = new();
    private int left = int.MaxValue;

    /// <summary>What was written since <see cref="DieAfter"/>.</summary>
    public int Writes { get; private set; }

    public bool IsDead { get; private set; }

    /// <summary>So many writes still happen; the next one does not, nor does anything after it.</summary>
    public void DieAfter(int writes)
    {
        lock (gate) (left, Writes) = (writes, 0);
    }

    /// <summary>A new process begins.</summary>
    public void BeBorn()
    {
        lock (gate) (left, Writes, IsDead) = (int.MaxValue, 0, false);
    }

    public void Kill()
    {
        lock (gate) IsDead = true;
    }

    /// <summary>The process reads.</summary>
    public void Read()
    {
        if (IsDead) throw new IOException("the process is dead");
    }

    /// <summary>The process writes.</summary>
    public void Write()
    {
        lock (gate)
        {
            if (Writes >= left) IsDead = true;
            Read();
            Writes++;
        }
    }

    /// <summary>The engine commits.</summary>
    public void Commit(StoreUnit unit)
    {
        try
        {
            Write();
        }
        catch (IOException dead)
        {
            throw new StoreUnavailableException(dead.Message, dead);
        }
    }
}
