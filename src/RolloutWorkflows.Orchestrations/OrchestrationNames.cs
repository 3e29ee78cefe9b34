using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Orchestration names, event names and instance ids. Stored in histories: once released they never change.</summary>
public static class OrchestrationNames
{
    public const string Rollout = "RolloutOrchestrator";

    public const string Stage = "StageOrchestrator";

    public const string Soak = "SoakOrchestrator";

    public const string Rollback = "RollbackOrchestrator";

    public const string Outbox = "OutboxOrchestrator";

    /// <summary>Lets an environment of GitHub Actions wait for a run.</summary>
    public const string Protection = "ProtectionOrchestrator";

    /// <summary>The event by which every command of a person or program reaches a run: <see cref="RunCommand"/>.</summary>
    public const string CommandEvent = "command";

    /// <summary>What a run's own children tell it: <see cref="RunSignal"/>.</summary>
    public const string SignalEvent = "signal";

    /// <summary>What a run tells its children: <see cref="StageControl"/> or <see cref="SoakControl"/>.</summary>
    public const string ControlEvent = "control";

    /// <summary>What wakes a lane of the outbox. It carries nothing: the lane looks for itself.</summary>
    public const string NewsEvent = "news";

    /// <summary>The instance that watches the guardrails and keeps the soak ledger of one attempt at a stage.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="attempt">Which attempt at it.</param>
    /// <param name="restart">How often a watch of the run broke and was begun again.</param>
    public static string SoakInstance(string runId, string stage, int attempt, int restart = 0) =>
        restart == 0 ? $"{runId}:{stage}:{attempt}:soak" : $"{runId}:{stage}:{attempt}:soak:{restart}";

    /// <summary>The instance that carries out one attempt at a stage.</summary>
    public static string StageInstance(string runId, string stage, int attempt) => $"{runId}:{stage}:{attempt}";

    /// <summary>The instance that rolls the run back for the n-th time.</summary>
    public static string RollbackInstance(string runId, int epoch) => $"{runId}:rollback:{epoch}";

    /// <summary>The instance that takes one lane of a run's outbox out.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="lane">A channel's name, or <c>webhook:NAME</c>.</param>
    /// <param name="opening">How often the lane was opened, from 1.</param>
    public static string OutboxInstance(string runId, string lane, int opening = 1) =>
        opening <= 1 ? $"{runId}:outbox:{lane}" : $"{runId}:outbox:{lane}:{opening}";

    /// <summary>The instance that answers for one environment of one workflow run.</summary>
    /// <param name="repository">owner/name.</param>
    /// <param name="workflowRunId">The workflow run.</param>
    /// <param name="environment">The environment, whose name may hold anything.</param>
    public static string ProtectionInstance(string repository, long workflowRunId, string environment)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{repository}/{environment}".ToLowerInvariant())))[..16];
        return string.Create(CultureInfo.InvariantCulture, $"protection:{workflowRunId}:{digest}");
    }
}
