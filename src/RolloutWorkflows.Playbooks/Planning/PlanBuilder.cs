using System.Text.Json;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks.Planning;

/// <summary>Walks the stages in the order in which they can start and adds up their gates.</summary>
internal sealed class PlanBuilder(Playbook playbook, IReadOnlyDictionary<string, JsonElement> inputs, DateTimeOffset startAt, IStepCatalog catalog,
    IReadOnlyDictionary<string, IReadOnlyList<Holiday>> holidays)
{
    private readonly ExpressionScope _scope = new() { Inputs = inputs };
    private readonly List<string> _notes = [];
    private readonly Dictionary<string, PlanTime> _promoted = [];
    private readonly Dictionary<string, PlannedStage> _stages = [];
    private readonly List<PlanTime> _watched = [];

    public PlaybookPlan Build()
    {
        foreach (var stage in playbook.Stages) Plan(stage);
        // Nothing limits how long an owner takes, and counting that would leave no latest time in the plan at all.
        if (playbook.Owner is { } owner) _notes.Add($"the word of {owner}, the owner, has no time limit; latest times take it to be given at once");
        var end = _promoted.Values.Aggregate((all, one) => all.And(one)).Plus(playbook.Watch ?? TimeSpan.Zero, playbook.Watch ?? TimeSpan.Zero);
        end = _watched.Aggregate(end, (all, one) => all.And(one));
        var effects = new EffectList(playbook, catalog, _scope);
        return new PlaybookPlan
        {
            Playbook = playbook.Name,
            Title = playbook.Title,
            StartAt = startAt,
            Stages = [.. playbook.Stages.Select(stage => _stages[stage.Name])],
            Guardrails = [.. playbook.Guardrails.Select(Plan)],
            Irreversible = [.. playbook.Stages.SelectMany(stage => effects.Of(stage).Where(effect => effect.StaysInPlace).Select(effect => $"{stage.Name}: {effect.Name}"))],
            EarliestEnd = end.Earliest,
            LatestEnd = end.Latest,
            Notes = [.. _notes.Distinct()],
        };
    }

    /// <summary>Plans a stage after the ones that it needs, wherever these stand in the file.</summary>
    private PlanTime Plan(Stage stage)
    {
        if (_promoted.TryGetValue(stage.Name, out var known)) return known;
        var needs = playbook.NeedsOf(stage);
        var start = needs.Select(name => playbook.FindStage(name)).OfType<Stage>().Select(Plan).Aggregate(new PlanTime(startAt, startAt), (all, one) => all.And(one));
        var gates = new List<PlannedGate>();
        var end = PassGates(stage, start, gates);
        _stages[stage.Name] = new PlannedStage
        {
            Name = stage.Name,
            Title = stage.Title,
            Milestone = stage.Milestone,
            Owners = playbook.OwnersOf(stage.Name),
            Needs = needs,
            Gates = gates,
            Guardrails = [.. stage.Guardrails.Select(Plan)],
            Rollback = new EffectList(playbook, catalog, _scope).WayBack(stage),
        };
        return _promoted[stage.Name] = end;
    }

    private PlanTime PassGates(Stage stage, PlanTime time, List<PlannedGate> gates)
    {
        if (OwnersGates.AtStart(playbook, stage) is { } start) time = Pass(GateKind.Owner, start, time);
        var calendar = CalendarOf(stage);
        if (calendar is not null) time = Pass(GateKind.Window, WindowText(calendar, time, "are open"), Opening(calendar, time));
        var checks = playbook.Preflight.Concat(stage.Ready).ToList();
        if (checks.Count > 0) time = Pass(GateKind.Ready, Count(checks.Count, "check passes", "checks pass"), Answered(time, checks, calendar), OwnersOf(checks));
        foreach (var approval in stage.Approvals.Where(approval => approval.When == ApprovalTiming.Before))
        {
            time = Pass(GateKind.ApprovalBefore, Describe(approval), Within(calendar, time, approval.Timeout), playbook.OwnersOf(approval.Name));
            // The window may have closed while people thought about it.
            if (calendar is not null) time = Pass(GateKind.Window, WindowText(calendar, time, "are still open"), Opening(calendar, time));
        }

        if (stage.Steps.Count > 0) time = Pass(GateKind.Steps, new EffectList(playbook, catalog, _scope).Steps(stage), time.Plus(Captures(stage), Captures(stage)));
        time = PassEvidence(stage, time, calendar, gates);
        foreach (var approval in stage.Approvals.Where(approval => approval.When == ApprovalTiming.After))
        {
            time = Pass(GateKind.Approval, Describe(approval), Within(calendar, time, approval.Timeout), playbook.OwnersOf(approval.Name));
        }

        if (OwnersGates.AtPromotion(playbook, stage) is { } word) time = Pass(GateKind.Owner, word, time);
        return Pass(GateKind.Promotion, stage.Milestone is { } milestone ? $"every guardrail is green; reaches {milestone.Id}" : "every guardrail is green", time);

        PlanTime Pass(GateKind kind, string description, PlanTime passed, IReadOnlyList<string>? owners = null)
        {
            gates.Add(new PlannedGate { Kind = kind, Description = description, Owners = owners ?? [], Earliest = passed.Earliest, Latest = passed.Latest });
            return passed;
        }
    }

    /// <summary>Soak and criteria share one limit: <c>atMost</c> counts from the start of the soak until the criteria have passed.</summary>
    private PlanTime PassEvidence(Stage stage, PlanTime time, WindowCalendar? calendar, List<PlannedGate> gates)
    {
        var start = time;
        if (stage.Soak is { Watch: false } soak)
        {
            time = new PlanTime(start.Earliest + soak.For, Within(calendar, start, soak.EffectiveAtMost).Latest);
            var counts = soak.Count.Select(count => FormattableString.Invariant($"{count.Metric} +{count.Increase}"));
            var parts = soak.For > TimeSpan.Zero ? counts.Prepend($"{PlaybookDuration.Format(soak.For)} of {(soak.Clean ? "clean " : "")}time") : counts;
            gates.Add(new PlannedGate { Kind = GateKind.Soak, Description = string.Join(" and ", parts), Earliest = time.Earliest, Latest = time.Latest });
        }

        if (stage.Soak is { Watch: true } watched)
        {
            _watched.Add(new PlanTime(start.Earliest + watched.For, Within(calendar, start, watched.EffectiveAtMost).Latest));
            _notes.Add($"the soak of {stage.Name} only watches: no stage waits for it, but the run ends no earlier");
        }

        if (stage.Criteria.Count == 0) return time;
        time = stage.Soak is { Watch: false } ? time : new PlanTime(start.Earliest, null);
        gates.Add(new PlannedGate { Kind = GateKind.Criteria, Description = Count(stage.Criteria.Count, "criterion passes", "criteria pass"), Owners = OwnersOf(stage.Criteria), Earliest = time.Earliest, Latest = time.Latest });
        return time;
    }

    private PlannedGuardrail Plan(Guardrail guardrail)
    {
        var inARow = guardrail.ConsecutiveFailureLimit;
        var tolerated = Math.Min(guardrail.FailureLimit ?? inARow ?? 0, inARow ?? int.MaxValue);
        var first = guardrail.InitialDelay is { } delay && delay > guardrail.Interval ? delay : guardrail.Interval;
        var onlyWarns = guardrail is { Metric: not null, FailureCondition: null, SuccessCondition: null };
        var reaction = onlyWarns ? guardrail.OnWarning : guardrail.OnFailed;
        return new PlannedGuardrail
        {
            Name = guardrail.Name,
            Interval = guardrail.Interval,
            WorstDetection = onlyWarns ? first : first + guardrail.Interval * tolerated,
            Reaction = guardrail.Mode == GuardrailMode.Shadow ? Reaction.Continue : reaction,
            OnlyWarns = onlyWarns,
            Owners = playbook.OwnersOf(guardrail.Name),
        };
    }

    private WindowCalendar? CalendarOf(Stage stage)
    {
        var windows = new[] { playbook.Windows, stage.Windows }.OfType<Windows>().ToList();
        if (windows.Count == 0) return null;
        try
        {
            return WindowCalendar.Of(windows.Select(each => HolidaysOf(WindowCalendar.Resolve(each, _scope))));
        }
        catch (Exception exception) when (exception is FormatException or ExpressionException)
        {
            _notes.Add($"stage '{stage.Name}': {exception.Message}; the plan takes the window to be open");
            return null;
        }
    }

    private Windows HolidaysOf(Windows windows)
    {
        if (windows.Holidays is not { } name || holidays.ContainsKey(name)) return windows.WithHolidays(holidays);
        _notes.Add($"the holidays '{name}' stand in the host's configuration and not in this plan; name their file: --holidays {name}=FILE");
        return windows with { Holidays = null };
    }

    /// <summary>Where it has to be waited for, also why and until when, on the clock of the windows.</summary>
    private static string WindowText(WindowCalendar calendar, PlanTime time, string open) =>
        time.Earliest is { } at && calendar.WhyClosed(at) is { } why
            ? calendar.NextOpen(at) is { } opens ? $"its windows {open}: closed ({why}) until {calendar.Text(opens)}" : $"its windows {open}: closed ({why})"
            : $"its windows {open}";

    private static PlanTime Opening(WindowCalendar calendar, PlanTime time) =>
        new(time.Earliest is { } earliest ? calendar.NextOpen(earliest) : null, time.Latest is { } latest ? calendar.NextOpen(latest) : null);

    /// <summary>Passed at once, or by a limit that stands still while the stage's windows are closed.</summary>
    private static PlanTime Within(WindowCalendar? calendar, PlanTime time, TimeSpan? limit) =>
        calendar is null || limit is not { } span ? time.Plus(TimeSpan.Zero, limit) : time with { Latest = time.Latest is { } latest ? calendar.DeadlineOf(latest, span) : null };

    /// <summary>Questions to people among the checks take as long as their time-outs, one after the other; without one nothing ends the waiting.</summary>
    private PlanTime Answered(PlanTime time, List<Step> checks, WindowCalendar? calendar)
    {
        foreach (var check in checks.Where(check => catalog.TryFind(check.Uses, out var kind) && kind.Parameters.Any(parameter => parameter.Type == StepParameterType.ApproverList)))
        {
            time = Within(calendar, time, Duration(check, "timeout"));
        }

        return time;
    }

    /// <summary>A capture measures over a span before the next step runs.</summary>
    private static TimeSpan Captures(Stage stage) =>
        stage.Steps.Where(step => step.Uses == "metric/capture").Aggregate(TimeSpan.Zero, (sum, step) => sum + (Duration(step, "over") ?? TimeSpan.Zero));

    private static TimeSpan? Duration(Step step, string key) =>
        step.With.TryGetValue(key, out var value) && value.ValueKind == JsonValueKind.String && PlaybookDuration.TryParse(value.GetString(), out var duration) ? duration : null;

    /// <summary>Which role owns which of the checks.</summary>
    private IReadOnlyList<string> OwnersOf(IEnumerable<Step> checks) =>
        [.. checks.SelectMany(check => playbook.OwnersOf(check.Id).Select(role => (role, check.Id))).GroupBy(owned => owned.role).Select(group => $"{group.Key}: {string.Join(", ", group.Select(owned => owned.Id))}")];

    private static string Describe(Approval approval)
    {
        var who = string.Join(", ", approval.Approvers.Select(approver => approver.Role is { } role ? $"role {role}" : approver.Group ?? approver.Person));
        var told = approval.EscalateTo.Count == 0 ? "" : $"{string.Join(", ", approval.EscalateTo)} told before, ";
        var limit = approval.Timeout is { } timeout ? $"; after {PlaybookDuration.Format(timeout)}: {told}{approval.OnTimeout.ToString().ToLowerInvariant()}" : "";
        return $"{approval.MinApprovals} of {who} approve{limit}";
    }

    private static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
