using System.Security.Cryptography;
using System.Text.Json;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>
/// Starts with an <c>Idempotency-Key</c>: the same request of the same person with the same key starts one run, however
/// often it is sent, also where the server was killed in between. Thread-safe.
/// </summary>
internal sealed class KeyedStarts(RolloutStarter starter, SqliteStartKeys keys, DurableTaskClient client, TimeProvider time) : IDisposable
{
    private const int MaximumKey = 128;

    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    /// <exception cref="ProblemException">400: the key cannot be used. 422: it came with another request before; or the run cannot start.</exception>
    public async Task<StartRolloutAnswer> StartAsync(string key, StartRolloutRequest request, Caller caller, CancellationToken cancellation)
    {
        if (key.Length is 0 or > MaximumKey || key.Any(char.IsControl))
            throw Problems.BadRequest($"The header Idempotency-Key has {key.Length} characters; expected 1 to {MaximumKey}, none of them a control character.", "Any unique text will do, such as a UUID.");
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, ApiJson.Options)));
            var known = keys.Find(caller.Actor, key);
            if (known is not null && known.Digest != digest)
                throw Problems.Of(422, "idempotency-key-used", "The key was used for another start", $"'{key}' started {known.RunId} with other values.", "Use a fresh key for each start.");
            if (known is not null && await client.GetInstanceAsync(known.RunId, getInputsAndOutputs: true, cancellation) is { } instance) return AnswerOf(instance);
            return await starter.StartAsync(request, caller, playbook => NameAsync(known, caller.Actor, key, digest, playbook), cancellation);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    /// <summary>A start that was cut off goes on under the name it had.</summary>
    private async Task<string> NameAsync(StartKey? known, string actor, string key, string digest, string playbook)
    {
        if (known is not null) return known.RunId;
        var start = new StartKey(digest, RunId.New(playbook, time.GetUtcNow()));
        await keys.NoteAsync(actor, key, start);
        return start.RunId;
    }

    private static StartRolloutAnswer AnswerOf(OrchestrationMetadata instance)
    {
        var input = StorageJson.Read<RolloutInput>(instance.SerializedInput!);
        return new StartRolloutAnswer { RunId = input.RunId, Playbook = input.Playbook.Name, PlaybookDigest = input.PlaybookDigest };
    }
}
