using System.CommandLine;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>Documents on the command line: <c>--attach NAME=FILE</c> of a start, and <c>--document NAME FILE</c> of <c>rollout attach</c>.</summary>
internal static class DocumentOption
{
    public static readonly Option<string[]> AtStart = new("--attach")
    {
        Description = "A document that the run is started with, such as its latest test matrix; repeat it for more.",
        HelpName = "NAME=FILE",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = "text/markdown",
        [".txt"] = "text/plain",
        [".log"] = "text/plain",
        [".csv"] = "text/csv",
        [".html"] = "text/html",
        [".json"] = "application/json",
        [".xml"] = "application/xml",
        [".yaml"] = "application/yaml",
        [".yml"] = "application/yaml",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".zip"] = "application/zip",
    };

    /// <summary>What a start sends; empty where nothing is attached.</summary>
    /// <exception cref="CommandFailedException">An entry is not NAME=FILE, or its file cannot be read.</exception>
    public static Dictionary<string, StartDocument> Read(ParseResult parsed)
    {
        var documents = new Dictionary<string, StartDocument>(StringComparer.Ordinal);
        foreach (var entry in parsed.GetValue(AtStart) ?? [])
        {
            var cut = entry.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0) throw new CommandFailedException(ExitCode.Usage, $"--attach: expected NAME=FILE, got '{entry}'.");
            var file = entry[(cut + 1)..];
            if (!documents.TryAdd(RequireName(entry[..cut]), new StartDocument { MediaType = MediaTypeOf(file), Base64 = Convert.ToBase64String(ReadFile(file)) }))
                throw new CommandFailedException(ExitCode.Usage, $"--attach: '{entry[..cut]}' is given twice.");
        }

        return documents;
    }

    /// <summary>By the file's ending; null where it says nothing.</summary>
    public static string? MediaTypeOf(string file) => MediaTypes.GetValueOrDefault(Path.GetExtension(file));

    /// <exception cref="CommandFailedException">It is no name of a document.</exception>
    public static string RequireName(string name) => DocumentName.IsValid(name) ? name
        : throw new CommandFailedException(ExitCode.Usage, $"'{name}' is no name of a document; expected {DocumentName.Expected}.");

    /// <exception cref="CommandFailedException">The file cannot be read, is empty, or is too large.</exception>
    public static byte[] ReadFile(string file)
    {
        try
        {
            var length = new FileInfo(file).Length;
            if (length is 0 or > NewDocument.MaximumBytes) throw new CommandFailedException(ExitCode.Usage, FormattableString.Invariant($"{file} has {length} bytes; a document has 1 to {NewDocument.MaximumBytes} (4 MiB)."));
            return File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{file} cannot be read: {error.Message}");
        }
    }
}
