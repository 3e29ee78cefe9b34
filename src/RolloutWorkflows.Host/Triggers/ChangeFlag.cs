using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>PUT /flags/{flag}</c>: a change by hand, audited under the person's name. What a run holds is changed only by force.</summary>
[Operation("Changes a flag by hand, under the name of the key's owner.", Takes = typeof(ChangeFlagRequest), Gives = typeof(FlagChanged))]
internal sealed class ChangeFlag(IFlagStore flags, LeasedFlags leased) : HttpTrigger
{
    public override string Method => HttpMethods.Put;

    public override string Route => "flags/{flag}";

    public override Permission Needs => Permission.Operate;

    public override async Task RunAsync(HttpContext http)
    {
        var name = RouteValue(http, "flag");
        if (FlagNames.Problem(name) is { } problem) throw Problems.BadRequest($"{problem}.", "Choose another name.");
        var request = await JsonBody.ReadAsync<ChangeFlagRequest>(http.Request);
        var caller = CallerOf(http);
        caller.RequireNamedBy(request.Actor);
        var reason = WrittenText.Reason(request.Reason);
        var edits = Edits(name, request);
        if (edits.Count == 0) throw Problems.BadRequest("The body changes nothing.", "Give enabled, percent or canary.");
        var holder = await leased.FindHolderAsync(name, request.BreakGlass, caller.IsAdmin, http.RequestAborted);
        try
        {
            var result = await flags.ChangeAsync(new FlagChange
            {
                Flag = name,
                Actor = caller.Actor,
                Reason = request.BreakGlass is { } glass ? $"break-glass: {glass.Reason}" : reason,
                Apply = present => edits.Aggregate(present, (state, edit) => edit(state))!,
            }, http.RequestAborted);
            if (holder is not null) await leased.TellAsync(holder, caller.Actor, request.BreakGlass!, result);
            await AnswerAsync(http, new FlagChanged { Before = result.Before, After = result.After!, Changed = result.Outcome == FlagChangeOutcome.Changed });
        }
        catch (FlagEditException error)
        {
            throw Problems.Of(409, "flag-edit-refused", "The flag does not allow this change", $"{error.Message}.", "Nothing was changed.");
        }
    }

    private static List<Func<FlagState?, FlagState>> Edits(string name, ChangeFlagRequest request)
    {
        var edits = new List<Func<FlagState?, FlagState>>();
        if (request.Percent is { } percent)
        {
            if (!double.IsFinite(percent) || percent is < 0 or > 100) throw Problems.BadRequest(FormattableString.Invariant($"'percent' is {percent}; expected 0 to 100."), "10 gives the flag to one user in ten.");
            edits.Add(FlagEdit.Percent(name, percent));
        }

        if (request.Canary is { } canary)
        {
            foreach (var (member, named) in new[] { ("users", canary.Users), ("add", canary.Add), ("remove", canary.Remove) })
                if (named?.Any(string.IsNullOrWhiteSpace) == true) throw Problems.BadRequest($"'canary.{member}' holds an empty user; expected the ids of users.", "Leave it out.");
            if (canary.Users is { } users) edits.Add(present => FlagEdit.Canary(name, FlagCanary.Of(present?.Canary.Enabled ?? false, users))(present));
            if (canary.Add is { } add) edits.Add(FlagEdit.AddToCanary(name, add));
            if (canary.Remove is { } remove) edits.Add(FlagEdit.RemoveFromCanary(name, remove));
            if (canary.Enabled is { } on) edits.Add(FlagEdit.CanaryEnabled(name, on));
        }

        if (request.Enabled is { } enabled) edits.Add(FlagEdit.Enabled(name, enabled));
        return edits;
    }
}
