namespace RolloutWorkflows.Activities;

/// <summary>What a comparison found so far, and how much it may still cost. Not thread-safe.</summary>
internal sealed class ContractFindings
{
    /// <summary>Pairs of places compared; beyond that a description is a trick, not a contract.</summary>
    private const int MaximumWork = 200_000;

    /// <summary>What a trial, which copies what was seen, counts for.</summary>
    private const int CostOfTrial = 20;

    private const int MaximumDepth = 200;

    private readonly Budget _budget;

    private ContractFindings(Budget budget, int depth, HashSet<string> seen) => (_budget, Depth, Seen) = (budget, depth, seen);

    public ContractFindings()
        : this(new Budget(), 0, [])
    {
    }

    public List<ContractBreak> Breaks { get; private init; } = [];

    public List<ContractBreak> Additions { get; private init; } = [];

    /// <summary>Pairs of schemas that were compared already, or are being compared.</summary>
    public HashSet<string> Seen { get; }

    private int Depth { get; }

    public void Break(string pointer, string expected, string got) => Breaks.Add(new ContractBreak(pointer, expected, got));

    public void Addition(string pointer, string got) => Additions.Add(new ContractBreak(pointer, "nothing here", got));

    /// <summary>The same findings one level deeper.</summary>
    /// <exception cref="ContractException">It costs too much.</exception>
    public ContractFindings Deeper()
    {
        Spend(1);
        return new ContractFindings(_budget, Depth + 1, Seen) { Breaks = Breaks, Additions = Additions };
    }

    /// <summary>Findings of its own, for a comparison that is only tried.</summary>
    /// <exception cref="ContractException">It costs too much.</exception>
    public ContractFindings Trial()
    {
        Spend(CostOfTrial);
        return new ContractFindings(_budget, Depth + 1, [.. Seen]);
    }

    private void Spend(int cost)
    {
        if (Depth == MaximumDepth) throw new ContractException($"is nested deeper than {MaximumDepth} levels");
        _budget.Spent += cost;
        if (_budget.Spent > MaximumWork) throw new ContractException("is too large to be compared");
    }

    private sealed class Budget
    {
        public int Spent { get; set; }
    }
}
