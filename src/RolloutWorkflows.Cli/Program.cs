using RolloutWorkflows.Cli;

return await RolloutProgram.RunAsync(args, Terminal.OfProcess());
