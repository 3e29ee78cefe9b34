using System.Buffers;
using System.Text;
using System.Text.Json;

namespace RolloutWorkflows.DurableTask.Execution.Turns;

/// <summary>
/// Tells in one line of JSON what an instance waits for, so that lists need not read histories:
/// <c>{"waiting":[{"for":"event","name":"approval"},{"for":"timer","until":"…"}],"more":3}</c>.
/// </summary>
internal static class WaitSummary
{
    private const int MaxEntries = 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    public static string Write(IReadOnlyCollection<OpenTask> open, EventMailbox events, bool suspended)
    {
        ArrayBufferWriter<byte> buffer = t_buffer ??= new(256);
        buffer.ResetWrittenCount();
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        if (suspended)
            writer.WriteBoolean("suspended", true);
        writer.WriteStartArray("waiting");
        int count = 0;
        foreach (string name in events.AwaitedNames)
        {
            if (++count <= MaxEntries)
                WriteEntry(writer, "event", name);
        }

        foreach (OpenTask task in open.Take(Math.Max(0, MaxEntries - count)))
            WriteTask(writer, task);

        count += open.Count;
        writer.WriteEndArray();
        if (count > MaxEntries)
            writer.WriteNumber("more", count - MaxEntries);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteTask(Utf8JsonWriter writer, OpenTask task)
    {
        switch (task.Kind)
        {
            case OpenTaskKind.Timer:
                writer.WriteStartObject();
                writer.WriteString("for", "timer");
                writer.WriteString("until", task.DueAt);
                writer.WriteEndObject();
                break;
            case OpenTaskKind.SubOrchestration:
                writer.WriteStartObject();
                writer.WriteString("for", "orchestration");
                writer.WriteString("name", task.Name);
                writer.WriteString("instance", task.ChildInstanceId);
                writer.WriteEndObject();
                break;
            default:
                WriteEntry(writer, "activity", task.Name);
                break;
        }
    }

    private static void WriteEntry(Utf8JsonWriter writer, string kind, string name)
    {
        writer.WriteStartObject();
        writer.WriteString("for", kind);
        writer.WriteString("name", name);
        writer.WriteEndObject();
    }
}
