using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Makes a command of what a playbook asks for, as far as the operator allows it.</summary>
internal sealed class AllowedCommands(CommandOptions options, Grants grants, ISecretSource secrets)
{
    /// <summary>The command with its secrets.</summary>
    /// <param name="playbook">Who asks.</param>
    /// <param name="isUndo">True where it takes something back, which no change of the grants may prevent.</param>
    /// <param name="name">The command's name.</param>
    /// <param name="arguments">Handed over as they are, after the operator's.</param>
    /// <param name="environment">Variables that the command lets playbooks set.</param>
    /// <param name="timeout">How long it may take; the command's own limit stands above it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CommandException">It is not allowed, or cannot be run so.</exception>
    /// <exception cref="SecretException">A secret is not granted, or cannot be had.</exception>
    public async Task<PreparedCommand> PrepareAsync(
        string playbook, bool isUndo, string name, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan timeout, CancellationToken cancellation)
    {
        if (!isUndo && grants.RefusalOfCommand(playbook, name) is { } refusal) throw new CommandException(refusal);
        return await PrepareAsync(name, arguments, environment, timeout, secret => grants.RefusalOfSecret(playbook, secret, name), cancellation);
    }

    /// <summary>A command that the host's configuration itself asks for, such as the one that restores a snapshot.</summary>
    /// <exception cref="CommandException">It cannot be run so.</exception>
    public Task<PreparedCommand> PrepareForHostAsync(string name, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        PrepareAsync(name, arguments, new Dictionary<string, string>(), TimeSpan.MaxValue, _ => null, cancellation);

    private async Task<PreparedCommand> PrepareAsync(
        string name, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan timeout, Func<string, string?> refusalOfSecret, CancellationToken cancellation)
    {
        if (!options.Commands.TryGetValue(name, out var allowed))
            throw new CommandException($"the host's configuration allows no command '{name}'; known: {(options.Commands.Count == 0 ? "none" : string.Join(", ", options.Commands.Keys.Order(StringComparer.Ordinal)))}");
        if (arguments.Any(argument => argument.Contains('\0', StringComparison.Ordinal))) throw new CommandException($"an argument of '{name}' holds a zero character");
        if (environment.Keys.FirstOrDefault(variable => !allowed.Variables.Contains(variable, StringComparer.Ordinal)) is { } foreign)
            throw new CommandException($"command '{name}' takes no variable '{foreign}' from playbooks; where it should, add \"variables\": [\"{foreign}\"] to extensions.rollout.commands.{name} in host.json");

        var all = new Dictionary<string, string>(allowed.Environment, StringComparer.Ordinal);
        var masked = new List<string>();
        foreach (var (variable, text) in environment)
        {
            var known = await SecretsInAsync(text, refusalOfSecret, cancellation);
            all[variable] = ExpressionResolver.ResolveSecrets(text, known);
            if (known.Count > 0) masked.Add(variable);
        }

        if (all.FirstOrDefault(pair => pair.Value.Contains('\0', StringComparison.Ordinal)) is { Key: { } broken }) throw new CommandException($"the variable '{broken}' of '{name}' holds a zero character");
        return new PreparedCommand(
            name, Find(name, allowed.File), [.. allowed.Arguments, .. arguments], allowed.WorkingDirectory ?? options.Root, all, masked,
            timeout < allowed.Timeout ? timeout : allowed.Timeout, allowed.OutputLimit);
    }

    private async Task<Dictionary<string, string>> SecretsInAsync(string text, Func<string, string?> refusalOf, CancellationToken cancellation)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in ExpressionResolver.ReferencesIn(text).Where(reference => reference.Kind == ReferenceKind.Secret))
        {
            if (refusalOf(reference.Name) is { } refusal) throw new SecretException(refusal);
            known[reference.Name] = await secrets.ReadAsync(reference.Name, cancellation);
        }

        return known;
    }

    /// <summary>The program's path. A bare name is looked up on the server's PATH, never in the folder in which the command runs.</summary>
    private static string Find(string name, string file)
    {
        var candidates = Path.IsPathFullyQualified(file) ? [file]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Where(Path.IsPathFullyQualified)
                .SelectMany(folder => OperatingSystem.IsWindows() ? new[] { Path.Combine(folder, file), Path.Combine(folder, $"{file}.exe") } : [Path.Combine(folder, file)]);
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new CommandException($"command '{name}' cannot be run: there is no program '{file}'; correct extensions.rollout.commands.{name}.file in host.json");
    }
}
