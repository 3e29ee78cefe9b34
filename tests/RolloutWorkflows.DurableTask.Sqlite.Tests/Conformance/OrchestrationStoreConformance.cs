using System.Text;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests.Conformance;

/// <summary>What every store must do, whatever it keeps its rows in. Each store's own class only says how to open it.</summary>
public abstract partial class OrchestrationStoreConformance : IAsyncLifetime
{
    protected static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private long lastMessage;

    protected IOrchestrationStore Store { get; private set; } = null!;

    protected StoreRecovery Recovery { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Store = CreateStore();
        Recovery = await Store.OpenAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        CleanUp();
        GC.SuppressFinalize(this);
    }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new, unopened store.</summary>
    protected abstract IOrchestrationStore CreateStore();

    /// <summary>What a next process would open after this store's process ended.</summary>
    protected abstract IOrchestrationStore CreateSuccessor(IOrchestrationStore stopped);

    protected virtual void CleanUp()
    {
    }

    protected async Task ReopenAsync(bool clean = true)
    {
        if (clean) await Store.CloseAsync(Token);
        await Store.DisposeAsync();
        Store = CreateSuccessor(Store);
        Recovery = await Store.OpenAsync(Token);
    }

    protected static InstanceRow Row(string id, string execution = "e1") => new()
    {
        InstanceId = id,
        Name = "Orchestrator",
        ExecutionId = execution,
        CreatedAt = Start,
        UpdatedAt = Start,
    };

    protected static InstanceCreation Creation(InstanceRow instance, params OrchestrationRuntimeStatus[] forbidden) =>
        new() { Instance = instance, ForbiddenStatuses = forbidden };

    protected Task<CommitResult> CreateAsync(InstanceRow instance, params OrchestrationRuntimeStatus[] forbidden) =>
        Store.CommitAsync(new StoreUnit { Creations = [Creation(instance, forbidden)] });

    /// <summary>The next turn of an instance that has made <paramref name="after"/> turns.</summary>
    protected static InstanceUpdate Turn(string id, long after = 0, string execution = "e1", OrchestrationRuntimeStatus status = OrchestrationRuntimeStatus.Running) => new()
    {
        InstanceId = id,
        ExpectedExecutionId = execution,
        ExpectedSequence = after,
        LastSequence = after + 1,
        Status = status,
        UpdatedAt = Start.AddSeconds(after + 1),
        CompletedAt = status is OrchestrationRuntimeStatus.Running ? null : Start.AddSeconds(after + 1),
    };

    protected static InstanceUpdate Ending(string id, long after = 0) => Turn(id, after, status: OrchestrationRuntimeStatus.Completed);

    protected static HistoryBatch Batch(string id, long sequence, string text = "[]", string execution = "e1") =>
        new(id, execution, sequence, 1, Encoding.UTF8.GetBytes(text));

    protected StoreMessage Message(string id, string text = "{}", string? execution = null, bool keep = false) => new()
    {
        Sequence = ++lastMessage,
        InstanceId = id,
        ExecutionId = execution,
        Payload = Encoding.UTF8.GetBytes(text),
        KeepAsDeadLetter = keep,
    };

    protected static ActivityRow Activity(string id, int task, string? input = null) =>
        new() { Key = new ActivityKey(id, "e1", task), Name = "Activity", Input = input };

    protected async Task<InstanceRow> GetAsync(string id) =>
        await Store.GetInstanceAsync(id, Token) ?? throw new InvalidOperationException($"Instance '{id}' is missing.");

    protected async Task<string[]> HistoryAsync(string id, string execution = "e1") =>
        [.. (await Store.LoadHistoryAsync(id, execution, Token)).Select(batch => Text(batch.Events))];

    protected async Task<string[]> InboxAsync(string id) =>
        [.. (await Store.LoadInboxAsync(id, Token)).Select(message => Text(message.Payload))];

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
