using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/playbooks</c>: what a run can be started of, and why not where it cannot.</summary>
[Operation("What a run can be started of, and why not where it cannot.", Gives = typeof(IReadOnlyList<PlaybookSummary>))]
internal sealed class ListPlaybooks(PlaybookCatalog catalog, IStepCatalog steps, Grants grants) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/playbooks";

    public override Permission Needs => Permission.Read;

    public override Task RunAsync(HttpContext http) => AnswerAsync(http, catalog.Read().Select(Summarise));

    private PlaybookSummary Summarise(PlaybookFile file)
    {
        if (file.Playbook is not { } playbook) return new PlaybookSummary { Name = file.Name, File = file.File, Problems = file.Errors };
        var defaults = playbook.Inputs.Where(input => input.Value.Default is not null).ToDictionary(input => input.Key, input => input.Value.Default!.Value);
        IReadOnlyList<string> obstacles = [.. GrantChecks.Refusals(playbook, defaults, grants, steps)];
        return new PlaybookSummary
        {
            Name = playbook.Name,
            Title = playbook.Title,
            File = file.File,
            Startable = obstacles.Count == 0,
            Stages = [.. playbook.Stages.Select(stage => stage.Name)],
            Inputs = playbook.Inputs.ToDictionary(input => input.Key, input => Describe(input.Value)),
            Problems = obstacles,
        };
    }

    private static string Describe(InputDefinition input) =>
        JsonNamingPolicy.CamelCase.ConvertName(input.Type.ToString()) + (input.Default is { } standard ? $", default {standard.GetRawText()}" : ", required");
}
