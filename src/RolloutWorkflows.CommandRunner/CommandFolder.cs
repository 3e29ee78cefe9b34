using System.Text.Json;

namespace RolloutWorkflows.CommandRunner;

/// <summary>The folder in which a supervised command leaves what it came to: who runs it, the end of its output, and its result.</summary>
public sealed class CommandFolder(string path)
{
    private string Result => Path.Combine(path, "result.json");

    private string Running => Path.Combine(path, "running.json");

    private string Output => Path.Combine(path, "output.txt");

    /// <summary>The folder itself.</summary>
    public string FullName => path;

    /// <summary>What it came to; null where it has not ended, or nobody knows.</summary>
    public CommandResult? ReadResult() => Read<CommandResult>(Result);

    /// <summary>Who runs it; null where it has not begun.</summary>
    public CommandSupervisor? ReadSupervisor() => Read<CommandSupervisor>(Running);

    /// <summary>What it wrote so far.</summary>
    public string ReadOutput() => File.Exists(Output) ? File.ReadAllText(Output) : "";

    public void Write(CommandResult result) => Replace(Result, JsonSerializer.Serialize(result, JsonSerializerOptions.Web));

    public void Write(CommandSupervisor supervisor) => Replace(Running, JsonSerializer.Serialize(supervisor, JsonSerializerOptions.Web));

    public void WriteOutput(string text) => Replace(Output, text);

    private static T? Read<T>(string file)
        where T : class
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllText(file), JsonSerializerOptions.Web) : null;
        }
        catch (JsonException)
        {
            // Written by nobody whom we know: the same as nothing.
            return null;
        }
    }

    /// <summary>In one go, so that whoever reads finds all of it or nothing.</summary>
    private static void Replace(string file, string text)
    {
        var temporary = $"{file}.tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, file, overwrite: true);
    }
}
