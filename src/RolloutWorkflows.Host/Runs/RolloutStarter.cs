using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Host;

/// <summary>Starts runs: checks everything first, pins what was checked, and schedules the rollout under the run's id.</summary>
internal sealed class RolloutStarter(
    PlaybookCatalog catalog, PeopleDirectory directory, HolidayDirectory holidays, DurableTaskClient client, IRunLog log, IStepCatalog steps,
    HostSettings settings, HostConfiguration configuration, TimeProvider time, StartLeases leases, Superseding superseding, ChannelWarnings warnings, IOutboxLanes outbox, SqliteRehearsals rehearsals, DocumentIntake documents)
{
    private const int IdAttempts = 8;

    /// <param name="request">What to start.</param>
    /// <param name="caller">Who starts it.</param>
    /// <param name="nameRun">Gives the run's id, from the playbook's name, once everything has been checked; null: a fresh one.</param>
    /// <param name="cancellation">Stops waiting; what was scheduled is.</param>
    /// <exception cref="ProblemException">The run cannot start; every obstacle is listed.</exception>
    public async Task<StartRolloutAnswer> StartAsync(StartRolloutRequest request, Caller caller, Func<string, Task<string>>? nameRun, CancellationToken cancellation)
    {
        var attached = documents.Read(request.Documents, caller);
        var input = await PrepareAsync(request, caller);
        var runId = await ScheduleAsync(input with { RunId = nameRun is null ? "" : await nameRun(input.Playbook.Name) }, attached, caller);
        await AwaitFirstEntryAsync(runId, cancellation);
        await warnings.RecordAsync(runId, input.Playbook, CancellationToken.None);
        return new StartRolloutAnswer { RunId = runId, Playbook = input.Playbook.Name, PlaybookDigest = input.PlaybookDigest, Warnings = warnings.Of(input.Playbook) };
    }

    /// <summary>Every check of a start, and what the run would go through. Nothing is stored.</summary>
    /// <exception cref="ProblemException">The run could not start; every obstacle is listed.</exception>
    public async Task<StartPreviewAnswer> PreviewAsync(StartRolloutRequest request, Caller caller)
    {
        documents.Read(request.Documents, caller);
        var input = await PrepareAsync(request, caller);
        await leases.RequireFreeAsync(input);
        return new StartPreviewAnswer
        {
            Playbook = input.Playbook.Name,
            PlaybookDigest = input.PlaybookDigest,
            Inputs = input.Inputs,
            Plan = PlaybookPlan.Create(input.Supersedes is { } earlier ? Takeover.Remaining(input.Playbook, earlier.FromStage) : input.Playbook, input.Inputs, time.GetUtcNow(), steps, input.Holidays),
            Warnings = warnings.Of(input.Playbook),
        };
    }

    /// <summary>What the run would be pinned to, once everything has been checked. Its id is still to be made.</summary>
    private async Task<RolloutInput> PrepareAsync(StartRolloutRequest request, Caller caller)
    {
        caller.RequireNamedBy(request.Actor);
        var compression = RequireCompression(request.TimeCompression);
        var reason = WrittenText.Reason(request.Reason);
        var file = PlaybookOf(request, caller);
        var playbook = file.Playbook!;
        var inputs = Bind(playbook, request.Inputs);
        var people = PeopleOf(playbook);
        var obstacles = StartChecks.Obstacles(playbook, inputs, people, caller.Actor, configuration.Rollout, steps, outbox.ChannelsOf(playbook));
        if (obstacles.Count > 0)
            throw Problems.Of(422, "not-startable", "A run of this playbook cannot start", $"{playbook.Name} has {obstacles.Count} obstacle(s) in its way.", "Remove them and start again; nothing was started.", obstacles);

        return new RolloutInput
        {
            RunId = "",
            Playbook = playbook,
            PlaybookDigest = file.Digest,
            Inputs = inputs,
            People = people,
            Holidays = HolidaysOf(playbook),
            Rehearsals = RehearsalsOf(file),
            StartedBy = caller.Actor,
            Reason = reason,
            Supersedes = await superseding.PrepareAsync(request.Supersedes, playbook, inputs),
            TimeCompression = compression,
        };
    }

    /// <summary>What the operator put into the catalog anybody may start who may start at all; a text of one's own only an admin.</summary>
    private PlaybookFile PlaybookOf(StartRolloutRequest request, Caller caller)
    {
        if (request.PlaybookText is not { } text) return catalog.Require(request.Playbook);
        if (request.Playbook is not null) throw Problems.BadRequest("'playbook' and 'playbookText' are both given.", "Name a playbook of the catalog, or send a text.");
        if (!caller.IsAdmin) throw KeyProblems.NotPermitted(caller, "a playbook that is not in the server's catalog", KeyRole.Admin);
        return catalog.RequireText(text);
    }

    private double RequireCompression(double? asked)
    {
        if (asked is null or 1) return 1;
        if (!settings.AllowTimeCompression)
            throw Problems.Of(422, "no-time-compression", "Waits are not compressed here", $"'timeCompression' is {asked}, and this server was started without --allow-time-compression.", "Leave it out; for demonstrations start the server with --allow-time-compression.");
        return asked is >= 1 and <= 100_000_000 ? asked.Value
            : throw Problems.BadRequest($"'timeCompression' is {asked}; expected a factor from 1 to 100000000.", "86400 makes a day pass in a second.");
    }

    private static IReadOnlyDictionary<string, JsonElement> Bind(Playbook playbook, IReadOnlyDictionary<string, JsonElement> given)
    {
        // A text for an input of another type is read by that type, as command lines need it.
        var typed = given.ToDictionary(pair => pair.Key, pair => pair.Value.ValueKind == JsonValueKind.String && playbook.Inputs.TryGetValue(pair.Key, out var definition)
            ? InputBinder.FromText(definition, pair.Value.GetString()!)
            : pair.Value);
        var bound = InputBinder.Bind(playbook, typed);
        return bound.IsValid ? bound.Values
            : throw Problems.Of(422, "inputs-invalid", "The inputs do not fit the playbook", $"{bound.Problems.Count} problem(s) with the inputs of {playbook.Name}.", "GET /api/playbooks shows each playbook's inputs.", [.. bound.Problems.Select(problem => problem.Message)]);
    }

    private People PeopleOf(Playbook playbook)
    {
        try
        {
            return directory.Of(playbook);
        }
        catch (HostConfigurationException error)
        {
            throw Problems.Of(422, "people-invalid", "The people of this server cannot be read", "No run can start before people.yaml is mended.", "Mend the file; it is read again at each start.", error.Problems);
        }
    }

    private IReadOnlyList<StageRehearsal> RehearsalsOf(PlaybookFile file) =>
    [
        .. rehearsals.Of(file.Playbook!.Name).Select(known => new StageRehearsal { Stage = known.Stage, At = known.At, By = known.By, Passed = known.Passed, SameText = known.Digest == file.Digest }),
    ];

    private IReadOnlyDictionary<string, IReadOnlyList<Holiday>> HolidaysOf(Playbook playbook)
    {
        try
        {
            return holidays.Of(playbook);
        }
        catch (HostConfigurationException error)
        {
            throw Problems.Of(422, "holidays-invalid", "The holidays of this server cannot be read", "No run whose windows name them can start before their file is mended.", "Mend the file; it is read again at each start.", error.Problems);
        }
    }

    private async Task<string> ScheduleAsync(RolloutInput input, IReadOnlyList<NewDocument> attached, Caller caller)
    {
        for (var attempt = 1; ; attempt++)
        {
            var runId = input.RunId.Length > 0 ? input.RunId : RunId.New(input.Playbook.Name, time.GetUtcNow());
            // Its leases would become this run's, and be freed with them.
            if (await client.GetInstanceAsync(runId) is not null && attempt < IdAttempts) continue;
            var kept = await documents.KeepAsync(runId, attached);
            var named = input with { RunId = runId, Documents = kept };
            try
            {
                // Not cancelled with the request: half a start would be a run that nobody knows of.
                return await superseding.ScheduleAsync(named, caller, () => client.ScheduleNewOrchestrationInstanceAsync(
                    OrchestrationNames.Rollout,
                    named,
                    new StartOrchestrationOptions(runId).WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]),
                    CancellationToken.None));
            }
            catch (OrchestrationAlreadyExistsException) when (attempt < IdAttempts)
            {
                // Four letters may meet; another four will not.
                await documents.ForgetAsync(runId, kept);
            }
            catch (ProblemException)
            {
                await documents.ForgetAsync(runId, kept);
                throw;
            }
        }
    }

    /// <summary>Runs are listed by their record; waiting for its first line lets whoever started one see it at once. What is waited for is the disk, so in real time.</summary>
    private async Task AwaitFirstEntryAsync(string runId, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            while ((await log.ReadAsync(runId, limit: 1, cancellation: patience.Token)).Entries.Count == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The run is stored all the same; its record follows.
        }
    }
}
