using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Commands that are allowed, each a line for <c>/bin/sh</c> that stands in for a program; and a folder of their own.</summary>
internal sealed class CommandRig : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rollout-commands-");
    private readonly Dictionary<string, AllowedCommand> commands = [];
    private readonly Grants grants;

    public CommandRig(Grants? grants = null)
    {
        this.grants = grants ?? Grants.Everything;
        Rig = NewServer();
    }

    /// <summary>The server that carries steps out now.</summary>
    public StepRig Rig { get; private set; }

    public string PathOf(string file) => Path.Combine(folder.FullName, file);

    public string[] LinesOf(string file) => File.Exists(PathOf(file)) ? File.ReadAllLines(PathOf(file)) : [];

    public CommandRig Allow(string name, string script, Func<AllowedCommand, AllowedCommand>? edit = null)
    {
        var command = new AllowedCommand { File = "/bin/sh", Arguments = ["-c", script, name], WorkingDirectory = folder.FullName, Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" } };
        commands[name] = edit is null ? command : edit(command);
        return this;
    }

    /// <summary>A step of a run that calls again, as the engine does.</summary>
    public static StepRequest Request(string uses, object with) => StepRig.Request(uses, with) with { StartedAt = DateTimeOffset.UnixEpoch, At = DateTimeOffset.UnixEpoch, Irreversible = true };

    /// <summary>Calls until the step has ended, as durable timers do.</summary>
    public async Task<StepResult> ToEndAsync(StepRequest request, string? key = null)
    {
        var result = await Rig.StepAsync(request, key);
        while (result.Verdict == StepVerdict.Waiting) result = await Rig.StepAsync(request with { Kept = result.Keep });
        return result;
    }

    /// <summary>A new server on what the old one left on disk and in its journal.</summary>
    public async Task RestartAsync()
    {
        var kept = await Rig.Journal.ListAsync("run");
        Rig.Dispose();
        Rig = NewServer();
        foreach (var effect in kept)
        {
            await Rig.Journal.IntendAsync(effect);
            await Rig.Journal.SettleAsync(effect.EffectId, effect.State, effect.Intended);
        }
    }

    public void Dispose()
    {
        Rig.Dispose();
        folder.Delete(recursive: true);
    }

    private StepRig NewServer() => new(services => services
        .AddSingleton(grants)
        .AddSingleton(new SecretOptions { Secrets = new Dictionary<string, SecretLocation> { ["token"] = new() { Name = "token", Environment = "TOKEN" } }, Environment = _ => "s3cr3t-value" })
        .AddSingleton(new CommandOptions { Commands = commands, Root = folder.FullName, Folder = PathOf("state") }));
}
