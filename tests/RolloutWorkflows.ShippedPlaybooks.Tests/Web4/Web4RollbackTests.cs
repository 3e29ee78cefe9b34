namespace RolloutWorkflows.ShippedPlaybooks.Tests.Web4;

/// <summary>web4-mycelia breaks after each of its steps.</summary>
public sealed class Web4RollbackTests
{
    public static TheoryData<string, string> Steps => Shipped.StepsOf("web4-mycelia");

    [Theory]
    [MemberData(nameof(Steps))]
    [Requirement("B3", "web4-mycelia", BadWay = true)]
    public async Task ErrorRate_AboveItsLimitAfterAnyStep_EverythingIsAsBefore(string stage, string step)
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(service.Start(Shipped.Load("web4-mycelia").UpTo(stage, step)));

        await RollbackEverywhere.CheckAsync(run, stage, breach: () =>
        {
            service.ErrorRate = 0.2;
            return Task.CompletedTask;
        });
    }
}
