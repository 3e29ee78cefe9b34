using System.Diagnostics.CodeAnalysis;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>A few kinds that show every trait a rule looks at, so that error texts here do not move when a real kind does.</summary>
internal sealed class TestCatalog : IStepCatalog
{
    public static readonly TestCatalog Instance = new();

    public IReadOnlyList<StepKind> Kinds { get; } =
    [
        Kind("alerts/silent", StepRole.Check, Parameter("severity", StepParameterType.String) with { Values = ["page", "ticket"] }),
        Kind("announce", StepRole.Action, Needed("to", StepParameterType.ChannelNameList), Needed("text", StepParameterType.String)),
        Kind("flag/canary", StepRole.Action, Needed("flag", StepParameterType.String), Parameter("users", StepParameterType.StringList), Parameter("enabled", StepParameterType.Boolean)) with
        {
            Effect = StepEffect.Reversible,
            Target = ["flag"],
        },
        Kind("flag/rollout", StepRole.Action, Needed("flag", StepParameterType.String), Needed("percent", StepParameterType.Percent)) with
        {
            Effect = StepEffect.Reversible,
            Target = ["flag"],
            Outputs = new Dictionary<string, string> { ["percent"] = "The percentage as read back." },
        },
        Kind("flag/set", StepRole.Action, Needed("flag", StepParameterType.String), Needed("value", StepParameterType.Boolean)) with
        {
            Effect = StepEffect.Reversible,
            Target = ["flag"],
        },
        Kind("http/idempotency", StepRole.Check, Needed("url", StepParameterType.Url)) with { HasSideEffects = true },
        Kind("http/probe", StepRole.Check, Needed("url", StepParameterType.Url), Parameter("headers", StepParameterType.StringMap), Parameter("expectStatus", StepParameterType.Integer) with { Minimum = 100, Maximum = 599 }) with
        {
            Outputs = new Dictionary<string, string> { ["status"] = "The answer's status code." },
        },
        Kind("manual/confirm", StepRole.Check, Needed("prompt", StepParameterType.String), Parameter("approvers", StepParameterType.ApproverList), Parameter("timeout", StepParameterType.Duration)),
        Kind("metric/capture", StepRole.Action, Needed("metrics", StepParameterType.MetricNameList), Parameter("over", StepParameterType.Duration), Needed("as", StepParameterType.String)),
        Kind("metric/threshold", StepRole.Check, Needed("metric", StepParameterType.MetricName), Parameter("successCondition", StepParameterType.Condition), Parameter("failureCondition", StepParameterType.Condition)),
        Kind("shell/run", StepRole.Action, Needed("command", StepParameterType.String), Parameter("environment", StepParameterType.StringMap), Parameter("arguments", StepParameterType.StringList)) with
        {
            Effect = StepEffect.Irreversible,
        },
        Kind("signoff", StepRole.Check, Needed("prompt", StepParameterType.String), Needed("by", StepParameterType.ApproverList), Parameter("escalateTo", StepParameterType.AddresseeList)),
    ];

    public bool TryFind(string uses, [NotNullWhen(true)] out StepKind? kind)
    {
        kind = Kinds.FirstOrDefault(each => each.Name == uses);
        return kind is not null;
    }

    private static StepKind Kind(string name, StepRole role, params StepParameter[] parameters) => new()
    {
        Name = name,
        Summary = $"Test kind {name}.",
        Role = role,
        Parameters = parameters,
        Example = $"uses: {name}",
    };

    private static StepParameter Parameter(string name, StepParameterType type) => new() { Name = name, Type = type, Description = $"The {name}." };

    private static StepParameter Needed(string name, StepParameterType type) => Parameter(name, type) with { Required = true };
}
