using System.Security.Cryptography;
using System.Text;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Host;

/// <summary>The playbooks that runs may be started from: the YAML files of one folder, read afresh each time, so that an edit counts at once.</summary>
internal sealed class PlaybookCatalog(HostLocations locations, IStepCatalog steps)
{
    // The language allows 1 MiB; whatever is larger is not worth reading into memory to refuse.
    private const int MaximumBytes = 1024 * 1024;

    /// <summary>All files, ordered by name; those that are no valid playbook say why.</summary>
    public IReadOnlyList<PlaybookFile> Read()
    {
        if (!Directory.Exists(locations.Playbooks)) return [];
        var files = Directory.EnumerateFiles(locations.Playbooks)
            .Where(path => path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).Select(ReadFile).ToList();
        var doubles = files.Where(file => file.Playbook is not null).GroupBy(file => file.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).ToDictionary(group => group.Key, group => string.Join(", ", group.Select(file => file.File)));
        return [.. files
            .Select(file => file.Playbook is not null && doubles.TryGetValue(file.Name, out var all)
                ? file with { Playbook = null, Errors = [$"{file.File}: the name '{file.Name}' stands in several files: {all}; a name is unique in the catalog."] }
                : file)
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <exception cref="ProblemException">404: no such playbook, with those that there are. 422: it is not valid, with every problem.</exception>
    public PlaybookFile Require(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) throw Problems.BadRequest("'playbook' is missing.", "Name a playbook of the catalog; GET /api/playbooks lists them.");
        var files = Read();
        return RequireValid(files.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw Problems.Of(404, "playbook-not-found", "There is no such playbook", $"No playbook is called '{name}'.{Known(name, files)}", $"Put it into {locations.Playbooks}, or name another."));
    }

    /// <summary>A playbook that came with the request.</summary>
    /// <exception cref="ProblemException">422: it is not valid, with every problem.</exception>
    public PlaybookFile RequireText(string text) => RequireValid(Load(text, "playbookText"));

    private static PlaybookFile RequireValid(PlaybookFile file) => file.Playbook is not null ? file
        : throw Problems.Of(422, "playbook-invalid", "The playbook is not valid", $"{file.File} has {file.Errors.Count} problem(s).", "Mend them; `rollout validate FILE` shows them too.", file.Errors);

    private static string Known(string name, IReadOnlyList<PlaybookFile> files)
    {
        var names = files.Select(file => file.Name).ToList();
        if (Suggestion.Nearest(name, names) is { } near) return $" Did you mean '{near}'?";
        return names.Count == 0 ? " The catalog is empty." : $" Known: {string.Join(", ", names)}.";
    }

    private PlaybookFile ReadFile(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            if (new FileInfo(path).Length > MaximumBytes) return new PlaybookFile { File = name, Digest = "", Errors = [$"{name}: larger than 1 MiB, which no playbook may be."] };
            return Load(File.ReadAllText(path), name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PlaybookFile { File = name, Digest = "", Errors = [$"{name}: cannot be read: {error.Message}"] };
        }
    }

    private PlaybookFile Load(string text, string name)
    {
        var loaded = PlaybookLoader.Load(text, name, steps);
        return new PlaybookFile
        {
            File = name,
            Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
            Playbook = loaded.Playbook,
            Errors = loaded.IsValid ? [] : [.. loaded.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.ToString())],
        };
    }
}
