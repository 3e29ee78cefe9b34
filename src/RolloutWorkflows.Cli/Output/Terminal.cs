using System.Text.Json;
using RolloutWorkflows.Host;
using Spectre.Console;

namespace RolloutWorkflows.Cli;

/// <summary>
/// Where a command reads and writes: data to standard output, everything else to standard error. Colours and moving
/// pictures appear only where a person looks at a terminal.
/// </summary>
internal sealed class Terminal
{
    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true };

    private readonly TextWriter rawOut = TextWriter.Null;
    private readonly TextWriter plainOut = TextWriter.Null;
    private readonly TextWriter plainErr = TextWriter.Null;
    private IAnsiConsole? ansi;

    /// <summary>Standard output; what others wrote cannot give the terminal orders through it.</summary>
    public required TextWriter Out
    {
        get => plainOut;
        init => (rawOut, plainOut) = (value, PrintableWriter.Over(value));
    }

    /// <summary>Standard error, as harmless as <see cref="Out"/>.</summary>
    public required TextWriter Err
    {
        get => plainErr;
        init => plainErr = PrintableWriter.Over(value);
    }

    public required TextReader In { get; init; }

    /// <summary>True where standard output is a terminal that can redraw.</summary>
    public required bool Interactive { get; init; }

    /// <summary>True where standard input is a person's keyboard.</summary>
    public required bool CanAsk { get; init; }

    public required Func<string, string?> Environment { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>False where nobody looks, or <c>NO_COLOR</c> is set to anything.</summary>
    public bool Colours => Interactive && string.IsNullOrEmpty(Environment("NO_COLOR"));

    public IAnsiConsole Ansi => ansi ??= AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(rawOut),
        Ansi = Interactive ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = Colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = Interactive ? InteractionSupport.Detect : InteractionSupport.No,
    });

    public static Terminal OfProcess()
    {
        // One line of output is one write: watchers in pipes see it at once.
        Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal
        {
            Out = Console.Out,
            Err = Console.Error,
            In = Console.In,
            Interactive = !Console.IsOutputRedirected && System.Environment.GetEnvironmentVariable("TERM") != "dumb",
            CanAsk = !Console.IsInputRedirected,
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }

    /// <summary>The same terminal with lines that are at most this long; pictures draw to the terminal's own width.</summary>
    public Terminal Wrapped(int width) => new()
    {
        ansi = Ansi,
        Out = new WrappedWriter(Out, width),
        Err = new WrappedWriter(Err, width),
        In = In,
        Interactive = Interactive,
        CanAsk = CanAsk,
        Environment = Environment,
        Time = Time,
    };

    public void Line(string text = "") => Out.WriteLine(text);

    /// <summary>A sentence about the work rather than its result: to standard error.</summary>
    public void Note(string text) => Err.WriteLine(text);

    public void Complain(string text) => Err.WriteLine($"rollout: {text}");

    public void Json<T>(T data) => Out.WriteLine(JsonSerializer.Serialize(data, Indented));

    /// <summary>One JSON value on one line, for streams.</summary>
    public void JsonLine<T>(T data) => Out.WriteLine(JsonSerializer.Serialize(data, ApiJson.Options));
}
