namespace RolloutWorkflows.Cli;

/// <summary>Something that goes wrong in a demo, and what the run is expected to make of it.</summary>
/// <param name="Name">What <c>--fault</c> takes.</param>
/// <param name="Sentence">What goes wrong, in one sentence for the list.</param>
internal sealed record DemoFault(string Name, string Sentence)
{
    /// <summary>How the run is expected to end.</summary>
    public required DemoEnding Ends { get; init; }

    /// <summary>What the demo says where that happened, after "As expected: ".</summary>
    public required string Expected { get; init; }

    /// <summary>The stage in which the run must notice; null: it is not checked.</summary>
    public string? Stage { get; init; }

    /// <summary>
    /// Null: the sample is told with <c>--fault</c> when it starts. Otherwise the stage in whose soak, once some of it
    /// has counted, the demo switches the fault on with <c>PUT /faults/NAME</c>.
    /// </summary>
    public string? InSoakOf { get; init; }

    /// <summary>What the sample calls it; default the name.</summary>
    public string? SampleName { get; init; }

    /// <summary>How long, by the real clock, what the sample measures still tells of the fault once it is switched off; people wait so long before the run goes on.</summary>
    public TimeSpan Settling { get; init; }

    /// <summary>False: it happens elsewhere (a person does it, a file is wrong), and the sample is told nothing.</summary>
    public bool IsOfSample { get; init; } = true;

    /// <summary>What the sample calls it.</summary>
    public string NameInSample => SampleName ?? Name;
}
