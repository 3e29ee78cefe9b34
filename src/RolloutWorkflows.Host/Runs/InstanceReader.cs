using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.History;

namespace RolloutWorkflows.Host;

/// <summary>Shows instances and their histories in the words of Durable Functions.</summary>
internal sealed class InstanceReader(IOrchestrationAdministration administration)
{
    public async Task<InstanceDetails> DetailsAsync(OrchestrationMetadata instance, bool input, bool history, bool outputs, CancellationToken cancellation) => new()
    {
        Name = instance.Name,
        InstanceId = instance.InstanceId,
        RuntimeStatus = instance.RuntimeStatus.ToString(),
        Input = input ? Json(instance.SerializedInput) : null,
        CustomStatus = Json(instance.SerializedCustomStatus),
        Output = Json(instance.SerializedOutput) ?? instance.FailureDetails?.ErrorMessage,
        CreatedTime = Moment(instance.CreatedAt.UtcDateTime),
        LastUpdatedTime = Moment(instance.LastUpdatedAt.UtcDateTime),
        HistoryEvents = history ? Shown(await administration.GetHistoryAsync(instance.InstanceId, cancellation), outputs) : null,
        ParkedReason = instance.ParkedReason,
    };

    private static List<JsonObject> Shown(IReadOnlyList<HistoryEvent> events, bool outputs)
    {
        var shown = new List<JsonObject>();
        var at = DateTime.UnixEpoch;
        foreach (var happened in events)
        {
            // A turn states the time of all that follows.
            if (happened is TurnStarted turn) at = turn.At;
            else shown.Add(Show(happened, at, outputs));
        }

        return shown;
    }

    private static JsonObject Show(HistoryEvent happened, DateTime at, bool outputs)
    {
        var shown = new JsonObject { ["EventType"] = happened.GetType().Name, ["Timestamp"] = Moment(at) };
        switch (happened)
        {
            case TaskScheduled task: shown["FunctionName"] = task.Name; break;
            case SubOrchestrationCreated child: (shown["FunctionName"], shown["InstanceId"]) = (child.Name, child.InstanceId); break;
            case TaskCompleted done when outputs: shown["Result"] = Json(done.Result); break;
            case SubOrchestrationCompleted done when outputs: shown["Result"] = Json(done.Result); break;
            case TaskFailed failed: shown["Reason"] = failed.Failure.Message; break;
            case EventRaised raised:
                shown["Name"] = raised.Name;
                if (outputs) shown["Input"] = Json(raised.Payload);
                break;
            case TimerCreated timer: shown["FireAt"] = Moment(timer.DueAt); break;
            case ExecutionEnded ended: shown["OrchestrationStatus"] = ended.Status.ToString(); break;
        }

        return shown;
    }

    private static JsonNode? Json(string? text)
    {
        if (text is null) return null;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string Moment(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
