using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Conformance;

/// <summary>Filters and pages.</summary>
public abstract partial class OrchestrationStoreConformance
{
    [Fact]
    public async Task Pages_Followed_GiveEachInstanceOnceInOrder()
    {
        // Three share each creation time, so the id decides within a page and across its edge.
        foreach (var n in Enumerable.Range(0, 25).Reverse())
            await CreateAsync(Row($"i{n:00}") with { CreatedAt = Start.AddSeconds(n / 3) });

        var ids = new List<string>();
        InstanceCursor? after = null;
        do
        {
            var page = await Store.QueryInstancesAsync(new InstanceQuery { PageSize = 4, After = after }, Token);
            Assert.InRange(page.Instances.Count, 1, 4);
            ids.AddRange(page.Instances.Select(instance => instance.InstanceId));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 25).Select(n => $"i{n:00}"), ids);
    }

    [Fact]
    public async Task Page_ThatHoldsExactlyTheRest_IsTheLast()
    {
        for (var n = 0; n < 4; n++) await CreateAsync(Row($"i{n}"));

        Assert.Null((await Store.QueryInstancesAsync(new InstanceQuery { PageSize = 4 }, Token)).Next);
    }

    [Fact]
    public async Task Query_ByStatus_GivesThoseInOrder()
    {
        await CreateAsync(Row("a") with { Status = OrchestrationRuntimeStatus.Running });
        await CreateAsync(Row("b") with { Status = OrchestrationRuntimeStatus.Completed });
        await CreateAsync(Row("c") with { Status = OrchestrationRuntimeStatus.Failed });
        await CreateAsync(Row("d") with { Status = OrchestrationRuntimeStatus.Running });

        Assert.Equal(["a", "c", "d"], await QueryAsync(new InstanceQuery { Statuses = [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running] }));
        Assert.Equal(["b"], await QueryAsync(new InstanceQuery { Statuses = [OrchestrationRuntimeStatus.Completed] }));
        Assert.Empty(await QueryAsync(new InstanceQuery { Statuses = [] }));
    }

    [Fact]
    public async Task Query_ByStatusesAcrossPages_LosesNone()
    {
        for (var n = 0; n < 9; n++)
            await CreateAsync(Row($"i{n}") with { Status = n % 2 == 0 ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Suspended });
        var query = new InstanceQuery { Statuses = [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended], PageSize = 4 };

        var first = await Store.QueryInstancesAsync(query, Token);
        var second = await Store.QueryInstancesAsync(query with { After = first.Next }, Token);
        var third = await Store.QueryInstancesAsync(query with { After = second.Next }, Token);

        Assert.Equal(
            Enumerable.Range(0, 9).Select(n => $"i{n}"),
            new[] { first, second, third }.SelectMany(page => page.Instances).Select(instance => instance.InstanceId));
        Assert.Null(third.Next);
    }

    [Fact]
    public async Task Query_ByStatus_FollowsTheStatus()
    {
        await CreateAsync(Row("a"));
        await Store.CommitAsync(new StoreUnit { Update = Turn("a") });
        Assert.Equal(["a"], await QueryAsync(new InstanceQuery { Statuses = [OrchestrationRuntimeStatus.Running] }));

        await Store.CommitAsync(new StoreUnit { Update = Ending("a", 1) });

        Assert.Empty(await QueryAsync(new InstanceQuery { Statuses = [OrchestrationRuntimeStatus.Running] }));
        Assert.Equal(["a"], await QueryAsync(new InstanceQuery { Statuses = [OrchestrationRuntimeStatus.Completed] }));
    }

    [Fact]
    public async Task Query_ByPrefix_ComparesOrdinally()
    {
        foreach (var id in new[] { "run-1", "run-10", "run_1", "Run-1", "run-ü", "other" }) await CreateAsync(Row(id));

        Assert.Equal(["run-1", "run-10", "run-ü"], await QueryAsync(new InstanceQuery { InstanceIdPrefix = "run-" }));
    }

    [Fact]
    public async Task Query_ByCreation_IncludesBothEnds()
    {
        for (var n = 0; n < 5; n++) await CreateAsync(Row($"i{n}") with { CreatedAt = Start.AddSeconds(n) });

        Assert.Equal(["i1", "i2", "i3"], await QueryAsync(new InstanceQuery { CreatedFrom = Start.AddSeconds(1), CreatedTo = Start.AddSeconds(3) }));
    }

    [Fact]
    public async Task Query_ByParent_GivesItsChildren()
    {
        await CreateAsync(Row("p"));
        await CreateAsync(Row("c1") with { Parent = new ParentLink("p", "e1", 1, "Parent") });
        await CreateAsync(Row("c2") with { Parent = new ParentLink("q", "e1", 1, "Parent") });

        Assert.Equal(["c1"], await QueryAsync(new InstanceQuery { ParentInstanceId = "p" }));
    }

    [Fact]
    public async Task Query_ParkedOnly_GivesThose()
    {
        await CreateAsync(Row("a"));
        await CreateAsync(Row("b") with { ParkedReason = "no handler" });

        Assert.Equal(["b"], await QueryAsync(new InstanceQuery { ParkedOnly = true }));
    }

    [Fact]
    public async Task Query_WithoutPayloads_LeavesThemOut()
    {
        await CreateAsync(Row("a") with { Input = "1", Output = "2", Failure = "3", CustomStatus = "4", Tags = "{}", WaitSummary = "w" });

        var without = Assert.Single((await Store.QueryInstancesAsync(new InstanceQuery(), Token)).Instances);
        var with = Assert.Single((await Store.QueryInstancesAsync(new InstanceQuery { WithPayloads = true }, Token)).Instances);

        Assert.Equal((null, null, null, null), (without.Input, without.Output, without.Failure, without.CustomStatus));
        Assert.Equal(("{}", "w"), (without.Tags, without.WaitSummary));
        Assert.Equal(await GetAsync("a"), with);
    }

    private async Task<string[]> QueryAsync(InstanceQuery query) =>
        [.. (await Store.QueryInstancesAsync(query, Token)).Instances.Select(instance => instance.InstanceId)];
}
