using RolloutWorkflows.Playbooks;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>people.yaml</c>: <c>persons</c> with their identities, and <c>groups</c> of their names.</summary>
internal static class PeopleFile
{
    /// <exception cref="HostConfigurationException">The file cannot be used; every problem is listed.</exception>
    public static People Read(string path)
    {
        var problems = new List<string>();
        var people = new People();
        try
        {
            var yaml = new YamlStream();
            using (var reader = new StreamReader(path)) yaml.Load(reader);
            if (yaml.Documents.Count > 0) people = Read(yaml.Documents[0].RootNode, path, problems);
        }
        catch (YamlException error)
        {
            problems.Add($"{path}:{error.Start.Line}:{error.Start.Column}: this is not YAML: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: cannot be read: {error.Message}");
        }

        return problems.Count == 0 ? people : throw new HostConfigurationException(problems);
    }

    private static People Read(YamlNode root, string path, List<string> problems)
    {
        var people = new People();
        foreach (var (key, value) in Entries(root, path, "the file", problems))
        {
            if (key == "persons") people = people with { Persons = Entries(value, path, "persons", problems).ToDictionary(person => person.Key, person => ReadPerson(person.Value, path, problems)) };
            else if (key == "groups") people = people with { Groups = Entries(value, path, "groups", problems).ToDictionary(group => group.Key, group => ReadGroup(group.Value, path, problems)) };
            else problems.Add($"{Place(path, value)}: unknown key '{key}'; expected persons or groups.");
        }

        foreach (var shared in PersonIdentities.Shared(people.Persons))
            problems.Add($"{path}: the {shared.Channel} account {shared.Id} belongs to {string.Join(" and ", shared.Persons)}; leave it with one person, since a person votes once.");
        foreach (var (group, members) in people.Groups)
            foreach (var member in members.Where(member => !people.Persons.ContainsKey(member)))
                problems.Add($"{path}: group '{group}' names '{member}', who is not among the persons; add '{member}: {{}}' there, or take the name out.");
        return people;
    }

    private static Person ReadPerson(YamlNode node, string path, List<string> problems)
    {
        var person = new Person();
        if (node is YamlScalarNode { Value: null or "" }) return person;
        foreach (var (key, value) in Entries(node, path, "a person", problems))
        {
            var text = (value as YamlScalarNode)?.Value ?? "";
            if (key == "name") person = person with { Name = text };
            else if (key == "slack" && PersonIdentities.IsSlack(text)) person = person with { Slack = text };
            else if (key == "slack") problems.Add($"{Place(path, value)}: expected Slack's TEAM/USER ids such as T024BE7LD/U012AB3CD, got '{text}'; a name can be taken over.");
            else if (key is "gitHub" or "github" && long.TryParse(text, out var id)) person = person with { GitHub = id };
            else if (key is "gitHub" or "github") problems.Add($"{Place(path, value)}: expected GitHub's numeric user id, got '{text}'; a login can be taken over.");
            else problems.Add($"{Place(path, value)}: unknown key '{key}'; expected name, gitHub or slack.");
        }

        return person;
    }

    private static IReadOnlyList<string> ReadGroup(YamlNode node, string path, List<string> problems)
    {
        if (node is YamlSequenceNode list && list.Children.All(child => child is YamlScalarNode))
            return [.. list.Children.Select(child => ((YamlScalarNode)child).Value ?? "").Distinct(StringComparer.Ordinal)];
        problems.Add($"{Place(path, node)}: expected a list of person names.");
        return [];
    }

    private static IEnumerable<(string Key, YamlNode Value)> Entries(YamlNode node, string path, string what, List<string> problems)
    {
        if (node is YamlMappingNode mapping) return mapping.Children.Select(pair => ((pair.Key as YamlScalarNode)?.Value ?? "", pair.Value));
        problems.Add($"{Place(path, node)}: expected a mapping for {what}.");
        return [];
    }

    private static string Place(string path, YamlNode node) => $"{path}:{node.Start.Line}:{node.Start.Column}";
}
