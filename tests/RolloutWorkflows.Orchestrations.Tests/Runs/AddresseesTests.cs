using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Runs;

public sealed class AddresseesTests
{
    private static readonly People Crew = new()
    {
        Persons = new Dictionary<string, Person> { ["bob"] = new(), ["cyn"] = new(), ["dan"] = new() },
        Groups = new Dictionary<string, IReadOnlyList<string>> { ["sre"] = ["cyn", "dan"] },
    };

    [Theory]
    [InlineData("ops", "ops", "ops", "")]
    [InlineData("bob", "bob, ops", "ops", "bob")]
    [InlineData("sre", "sre (cyn, dan), ops", "ops", "cyn dan")]
    [InlineData("sre cyn chat", "sre (cyn, dan), cyn, chat, ops", "chat ops", "cyn dan")]
    [InlineData("", "", "", "")]
    public void Names_OfPersonsGroupsAndChannels_AreReachedThroughChannels(string names, string shown, string audiences, string persons)
    {
        var to = Addressees.Of(Words(names), Crew, Channels("ops", "chat"));
        Assert.Equal((shown, audiences, persons), (to.Names, string.Join(' ', to.Audiences), string.Join(' ', to.Persons)));
    }

    [Fact]
    public void Persons_WithoutAnOperationsChannel_StandInTheRecordOnly() =>
        Assert.Empty(Addressees.Of(["bob"], Crew, Channels("chat")).Audiences);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Channels Channels(params string[] names) => new() { Audiences = names.ToDictionary(name => name, _ => new Audience { Webhook = "pager" }) };
}
