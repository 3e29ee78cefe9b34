using System.Reflection;

namespace RolloutWorkflows.Architecture.Tests;

/// <summary>
/// The build bans symbols overload by overload, so an overload that nobody listed would slip through. These tests list
/// what each idea covers and fail on any overload that the orchestrations' list lacks.
/// </summary>
public sealed class BannedSymbolsTests
{
    private static readonly string[] Banned = [.. File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "src/RolloutWorkflows.Orchestrations/BannedSymbols.txt"))
        .Select(line => line.Split(';')[0])];

    public static TheoryData<string> BannedMembers =>
    [
        .. Overloads(typeof(Task), nameof(Task.Delay), nameof(Task.Run), nameof(Task.ConfigureAwait)),
        .. Overloads(typeof(Task<>), nameof(Task.ConfigureAwait)),
        .. Overloads(typeof(ValueTask), nameof(ValueTask.ConfigureAwait)),
        .. Overloads(typeof(ValueTask<>), nameof(ValueTask.ConfigureAwait)),
        .. Overloads(typeof(Guid), nameof(Guid.NewGuid), nameof(Guid.CreateVersion7)),
        .. Properties(typeof(DateTime), nameof(DateTime.Now), nameof(DateTime.UtcNow), nameof(DateTime.Today)),
        .. Properties(typeof(DateTimeOffset), nameof(DateTimeOffset.Now), nameof(DateTimeOffset.UtcNow)),
    ];

    [Theory]
    [MemberData(nameof(BannedMembers))]
    public void Overload_OfABannedIdea_IsOnTheList(string member) => Assert.Contains(member, Banned);

    [Fact]
    public void EveryBan_HasARemedy()
    {
        var without = File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "src/RolloutWorkflows.Orchestrations/BannedSymbols.txt"))
            .Concat(File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "src/BannedSymbols.txt")))
            .Where(line => line.Split(';') is not [_, { Length: > 10 }, ..]);
        Assert.Empty(without);
    }

    [Fact]
    public void OrchestrationsList_CoversTheListOfAllSources()
    {
        var types = Banned.Where(symbol => symbol.StartsWith("T:", StringComparison.Ordinal)).Select(symbol => symbol[2..]).ToList();
        var missing = File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "src/BannedSymbols.txt")).Select(line => line.Split(';')[0])
            .Where(symbol => !Banned.Contains(symbol) && !types.Any(type => symbol[2..].StartsWith($"{type}.", StringComparison.Ordinal)));
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Overloads(Type type, params string[] names) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => names.Contains(method.Name)).Select(DocumentationId);

    private static IEnumerable<string> Properties(Type type, params string[] names) => names.Select(name => $"P:{type.FullName}.{name}");

    private static string DocumentationId(MethodInfo method)
    {
        var arity = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
        var parameters = method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)).ToList();
        var list = parameters.Count == 0 ? "" : $"({string.Join(",", parameters)})";
        return $"M:{method.DeclaringType!.FullName}.{method.Name}{arity}{list}";
    }

    private static string NameOf(Type type) => type switch
    {
        { IsGenericMethodParameter: true } => $"``{type.GenericParameterPosition}",
        { IsGenericType: true } => $"{type.GetGenericTypeDefinition().FullName!.Split('`')[0]}{{{string.Join(",", type.GetGenericArguments().Select(NameOf))}}}",
        _ => type.FullName!,
    };
}
