using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RolloutWorkflows.Cli;

/// <summary>The usual help, followed by the command's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction usual = new() { MaxWidth = 120 };

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not ExampledCommand command) return code;
        var writer = parseResult.InvocationConfiguration.Output;
        if (command.Remarks is { } remarks) writer.WriteLine(remarks + System.Environment.NewLine);
        if (command.Examples.Count == 0) return code;
        writer.WriteLine("Examples:");
        foreach (var example in command.Examples) writer.WriteLine($"  {example.CommandLine}{System.Environment.NewLine}      {example.Does}");
        return code;
    }
}
