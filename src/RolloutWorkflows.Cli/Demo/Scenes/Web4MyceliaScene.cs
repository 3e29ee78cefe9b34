using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>The Intent Bar, from a canary to everybody.</summary>
internal sealed class Web4MyceliaScene : DemoScene
{
    public const string Drift = "drift";

    public const string HandMadeZero = "hand-made-zero";

    public const string Gradual = "gradual";

    private const string Announcements = "banner";
    private const int UsersAsked = 20;
    private const int VisitsPerSecond = 300;

    public override string Playbook => "web4-mycelia";

    public override string Sentence => "A web service's Intent Bar goes from trusted users over 1, 10 and 50 % to everybody, measured all the while.";

    public override string Expected => "the feature is with everybody";

    public override DemoProgram Sample { get; } = new("Web4Service", "web4-service");

    /// <summary>Breaks the glass, which needs an admin's key.</summary>
    public override IReadOnlyList<string> Admins => [Web4Outsider.Outsider];

    public override DemoColumn Column { get; } = new("error-rate", "ERRORS");

    public override IReadOnlyList<DemoFault> Faults { get; } =
    [
        Breaks("canary", "the trusted users"),
        Breaks("one-percent", "users who have the feature at 1 %"),
        Breaks("ten-percent", "users who have the feature at 10 %"),
        Breaks("fifty-percent", "users who have the feature at 50 %"),
        Breaks("everybody", "users who get the feature last") with { SampleName = "full" },
        new("slow", "From the soak at 10 % on the new bar takes 40 % longer.")
        {
            InSoakOf = "ten-percent",
            Ends = DemoEnding.Succeeds,
            Expected = "the team was told that it had become slower than before 1 %, and nothing was taken away",
        },
        new("confusing", "From the soak at 50 % on every fourth user who has the new bar gives up on it.")
        {
            InSoakOf = "fifty-percent",
            Ends = DemoEnding.HoldsAndGoesOn,
            Expected = "the comparison with users who do not have the feature held the run, and it went on once that was mended",
            Stage = "fifty-percent",
            // The service's figures are those of the last second.
            Settling = TimeSpan.FromSeconds(1.5),
        },
        new("alert", "An alert fires before anything begins.")
        {
            Ends = DemoEnding.HoldsAndGoesOn,
            Expected = "the run did not begin while an alert fired, and went on once it was silent",
            Stage = "preparation",
        },
        new(Gradual, "In the soak at 50 % a captain takes the feature back to 25 %.")
        {
            Ends = DemoEnding.Otherwise,
            Expected = "the feature fell to 25 % of users, and the rest stands",
            IsOfSample = false,
        },
        new(Drift, "In the soak at 10 % somebody opens the flag to 60 % by hand.")
        {
            Ends = DemoEnding.Succeeds,
            Expected = "the run caught the change by hand, held, soaked anew, and reached everybody",
            IsOfSample = false,
        },
        new(HandMadeZero, "In the soak at 10 % somebody closes the flag by hand; the run is then sent back.")
        {
            Ends = DemoEnding.Otherwise,
            Expected = "the rollback found the hand-made 0 %, left it there, and said so",
            IsOfSample = false,
        },
    ];

    public override IReadOnlyDictionary<string, object> Settings(DemoPlace place)
    {
        var announcements = new { url = new Uri(place.Sample, Announcements) };
        return new Dictionary<string, object>
        {
            ["grants"] = new Dictionary<string, object> { ["web4-*"] = new { flags = new[] { "*" }, egress = new[] { place.SampleOrigin } } },
            ["metricSources"] = new Dictionary<string, object>
            {
                ["web4-status"] = new { type = "json", url = new Uri(place.Sample, "status.json"), timeoutSeconds = 2 },
                ["web4-alerts"] = new { provider = "prometheus", address = place.SampleOrigin, timeoutSeconds = 2 },
            },
            ["webhooks"] = new Dictionary<string, object> { ["team"] = announcements, ["banner"] = announcements, ["ops"] = announcements },
        };
    }

    public override IEnumerable<string> SampleArguments(DemoPlace place, Playbook playbook) =>
        ["--flags", place.ServerOrigin, "--flag", FlagOf(playbook), "--traffic", VisitsPerSecond.ToString(CultureInfo.InvariantCulture)];

    public override IReadOnlyDictionary<string, object> Inputs(DemoPlace place) => new Dictionary<string, object> { ["serviceUrl"] = place.SampleOrigin };

    public override IReadOnlyList<DemoActor> Actors(DemoCast cast) =>
        cast.Place.Fault?.Name switch
        {
            Drift or HandMadeZero => [new Web4Outsider(cast, FlagOf(cast.Playbook), cast.Place.Fault.Name)],
            Gradual => [new Web4Captain(cast)],
            _ => [],
        };

    public override async Task<IReadOnlyList<string>> CheckAsync(DemoEnd end, CancellationToken cancellation)
    {
        var name = FlagOf(end.Playbook);
        var flag = await FlagAsync(end.Client, name, cancellation);
        var (with, asked) = await ShareWithFeatureAsync(end.Sample, cancellation);
        end.Terminal.Line($"Flag {name}: the server says {(flag is null ? "not there" : FlagText.Of(flag))};");
        end.Terminal.Line($"  the service shows the feature to {with} of {asked} users asked.");
        if (end.Fault?.Name == HandMadeZero) return Web4DriftReport.NotLeftAlone(end.Details, flag);
        if (end.Fault?.Name == Gradual) return flag is { Enabled: true, Percent: 25 } && end.Details.Run.State == Orchestrations.RunState.RolledBack ? [] : ["expected the flag at 25 % and the run rolled back so far"];

        var problems = end.Fault?.Name == Drift ? Web4DriftReport.NotCaught(end.Details) : [];
        if (end.Fault?.Name == "slow" && !end.Details.Timeline.Any(entry => entry.Message.Contains("latency-at-", StringComparison.Ordinal))) problems.Add("expected the team to be told that it had become slower");
        if (end.GetsThrough && flag is not { Enabled: true, Percent: 100 }) problems.Add("expected the flag at 100 %");
        if (end.GetsThrough && with != asked) problems.Add("expected the service to show the feature to everybody");
        if (!end.GetsThrough && flag is { Enabled: true } && (flag.Percent > 0 || flag.Canary.Enabled)) problems.Add("expected the flag with nobody");
        if (!end.GetsThrough && with != 0) problems.Add("expected the service to show the feature to nobody");
        return problems;
    }

    /// <summary>The flag that is rolled out where nobody names one.</summary>
    public static string FlagOf(Playbook playbook) => playbook.Inputs["flag"].Default?.GetString() ?? "intent_bar_v1_rollout";

    private static DemoFault Breaks(string stage, string whom) => new(stage, $"In stage {stage} the service fails for {whom}.")
    {
        Ends = DemoEnding.RollsBack,
        Expected = "the run found the fault and took everything back by itself",
        Stage = stage,
    };

    private static async Task<FlagState?> FlagAsync(RolloutClient client, string name, CancellationToken cancellation)
    {
        try
        {
            return (await client.GetAsync<FlagDetails>($"flags/{name}", cancellation)).Flag;
        }
        catch (ServerProblemException none) when (none.Problem.Status == 404)
        {
            return null;
        }
    }

    /// <summary>How many of the users asked are shown the feature, by the service's own pages.</summary>
    private static async Task<(int With, int Asked)> ShareWithFeatureAsync(DemoSample sample, CancellationToken cancellation)
    {
        var with = 0;
        for (var number = 1; number <= UsersAsked; number++)
        {
            using var page = await sample.Http.GetAsync(new Uri($"?user=user-{number.ToString(CultureInfo.InvariantCulture)}", UriKind.Relative), cancellation);
            if (page.Headers.TryGetValues("X-Intent-Bar", out var bar) && bar.Contains("new")) with++;
        }

        return (with, UsersAsked);
    }
}
