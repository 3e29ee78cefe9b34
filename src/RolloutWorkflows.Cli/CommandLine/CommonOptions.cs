using System.CommandLine;

namespace RolloutWorkflows.Cli;

/// <summary>The options that many commands share, with one meaning everywhere.</summary>
internal static class CommonOptions
{
    public const string DefaultServer = "http://127.0.0.1:7071";

    public static readonly Option<string?> Server = new("--server")
    {
        Description = $"The server's address. Default: the environment's ROLLOUT_SERVER, then {DefaultServer}.",
        HelpName = "URL",
    };

    public static readonly Option<string?> As = new("--as")
    {
        Description = "The person as whom you mean to act; refused where your key is somebody else's. Default: whoever the key belongs to.",
        HelpName = "PERSON",
    };

    public static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "A file with your key. Default: the environment's ROLLOUT_KEY, then what `rollout login` keeps. A key is never an option itself, since options are seen in process lists.",
        HelpName = "FILE",
    };

    public static readonly Option<string?> Reason = new("--reason") { Description = "Why; it is recorded beside the name.", HelpName = "TEXT" };

    public static readonly Option<bool> Json = new("--json") { Description = "Write JSON to standard output, for scripts." };

    public static readonly Argument<string?> Run = new("RUN")
    {
        Description = "The run's id. It may be left out where exactly one run is under way.",
        Arity = ArgumentArity.ZeroOrOne,
    };
}
