namespace RolloutWorkflows.Host.Tests;

public sealed class HostLocationsTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "root"));

    [Fact]
    public void Of_Defaults_KeepsEverythingInTheRoot()
    {
        var locations = HostLocations.Of(new HostSettings { Root = Root }, new HostConfiguration());

        Assert.Equal(Path.Combine(Root, ".rollout", "orchestrations.db"), locations.OrchestrationsFile);
        Assert.Equal(Path.Combine(Root, ".rollout", "rollouts.db"), locations.RolloutsFile);
        Assert.Equal(Path.Combine(Root, "playbooks"), locations.Playbooks);
    }

    [Fact]
    public void Of_HubAndDataFolder_GivesTheHubItsOwnFolder()
    {
        var configuration = new HostConfiguration { DurableTask = new DurableTaskSettings { HubName = "web4" } };

        var locations = HostLocations.Of(new HostSettings { Root = Root, DataFolder = Path.Combine(Root, "data") }, configuration);

        Assert.Equal(Path.Combine(Root, "data", "web4"), locations.Data);
    }
}
