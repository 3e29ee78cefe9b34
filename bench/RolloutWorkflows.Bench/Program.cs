using RolloutWorkflows.Bench;

if (args is ["--help" or "-h" or "help"])
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}

try
{
    var options = BenchOptions.Parse(args);
    // Compiled code and warm caches: the first, short round is not counted.
    await Round.RunAsync(options with { Orchestrations = 2_000, Events = 100, Waiting = 500 });
    var rounds = new List<Round>();
    for (var n = 1; n <= options.Rounds; n++)
    {
        Console.Error.WriteLine($"round {n} of {options.Rounds}");
        rounds.Add(await Round.RunAsync(options));
    }

    Report.Print(options, rounds, Console.Out);
    return 0;
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
