using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RolloutWorkflows.DurableTask.History;

/// <summary>Writes and reads the stored form of history: compact JSON, one array of events per turn.</summary>
public static class HistorySerializer
{
    private static readonly JsonWriterOptions Compact = new()
    {
        // Payloads are JSON within JSON; escaping every quote-free character again would only cost space.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    /// <summary>Writes the events of one turn.</summary>
    public static ReadOnlyMemory<byte> WriteBatch(IReadOnlyList<HistoryEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        (Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer) = Rent();
        writer.WriteStartArray();
        for (int i = 0; i < events.Count; i++)
            JsonSerializer.Serialize(writer, events[i], HistoryJson.Default.HistoryEvent);
        writer.WriteEndArray();
        return Finish(writer, buffer);
    }

    /// <summary>Reads the events of one turn.</summary>
    /// <exception cref="JsonException">The bytes are not a batch of events.</exception>
    public static IReadOnlyList<HistoryEvent> ReadBatch(ReadOnlyMemory<byte> batch) =>
        JsonSerializer.Deserialize(batch.Span, HistoryJson.Default.ListHistoryEvent) ?? throw new JsonException("A history batch is null.");

    /// <summary>Writes one event, as a message carries it.</summary>
    public static ReadOnlyMemory<byte> Write(HistoryEvent historyEvent)
    {
        (Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer) = Rent();
        JsonSerializer.Serialize(writer, historyEvent, HistoryJson.Default.HistoryEvent);
        return Finish(writer, buffer);
    }

    /// <summary>Reads one event, as a message carries it.</summary>
    /// <exception cref="JsonException">The bytes are not an event.</exception>
    public static HistoryEvent Read(ReadOnlyMemory<byte> historyEvent) =>
        JsonSerializer.Deserialize(historyEvent.Span, HistoryJson.Default.HistoryEvent) ?? throw new JsonException("A history event is null.");

    /// <summary>Writes a failure, as an instance row keeps it.</summary>
    public static string WriteFailure(TaskFailureDetails failure) =>
        JsonSerializer.Serialize(FailureRecord.From(failure), HistoryJson.Default.FailureRecord);

    /// <summary>Reads a failure from an instance row.</summary>
    public static TaskFailureDetails? ReadFailure(string? failure) =>
        failure is null ? null : JsonSerializer.Deserialize(failure, HistoryJson.Default.FailureRecord)?.ToDetails();

    /// <summary>Writes tags, as rows keep them; no tags give <see langword="null"/>.</summary>
    public static string? WriteTags(IReadOnlyDictionary<string, string>? tags) =>
        tags is null || tags.Count == 0 ? null : JsonSerializer.Serialize(new Dictionary<string, string>(tags), HistoryJson.Default.DictionaryStringString);

    /// <summary>Reads tags from a row; never <see langword="null"/>.</summary>
    public static IReadOnlyDictionary<string, string> ReadTags(string? tags) => tags is null
        ? System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty
        : JsonSerializer.Deserialize(tags, HistoryJson.Default.DictionaryStringString)!;

    private static (Utf8JsonWriter Writer, ArrayBufferWriter<byte> Buffer) Rent()
    {
        ArrayBufferWriter<byte> buffer = t_buffer ??= new(1024);
        buffer.ResetWrittenCount();
        Utf8JsonWriter writer = t_writer ??= new(buffer, Compact);
        writer.Reset(buffer);
        return (writer, buffer);
    }

    private static ReadOnlyMemory<byte> Finish(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.Flush();
        byte[] copy = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > 1 << 20)
            t_buffer = null;
        return copy;
    }
}
