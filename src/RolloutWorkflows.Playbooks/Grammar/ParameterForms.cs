using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>The form of a step kind's parameter.</summary>
internal static class ParameterForms
{
    public static Form Of(StepParameter parameter)
    {
        var expressions = parameter.AllowsExpressions;
        var text = new ScalarForm(ScalarKind.Text) { AllowsExpressions = expressions, AllowsEmpty = true };
        var name = new ScalarForm(ScalarKind.Name);
        return parameter.Type switch
        {
            StepParameterType.String => parameter.Values.Count > 0 ? Scalar(ScalarKind.Choice, parameter) : text with { AllowsEmpty = !parameter.Required },
            StepParameterType.File => text with { AllowsEmpty = false },
            StepParameterType.Number => Scalar(ScalarKind.Number, parameter),
            StepParameterType.Integer => Scalar(ScalarKind.Integer, parameter),
            StepParameterType.Boolean => Scalar(ScalarKind.Boolean, parameter),
            StepParameterType.Duration => Scalar(ScalarKind.Duration, parameter),
            StepParameterType.Percent => new ScalarForm(ScalarKind.Percent) { AllowsExpressions = expressions, Minimum = parameter.Minimum ?? 0, Maximum = parameter.Maximum ?? 100 },
            StepParameterType.Url => Scalar(ScalarKind.Url, parameter),
            StepParameterType.Condition => new ScalarForm(ScalarKind.Condition),
            StepParameterType.MetricName or StepParameterType.ChannelName => name,
            StepParameterType.MetricNameList or StepParameterType.ChannelNameList or StepParameterType.AddresseeList => new ListForm(name),
            StepParameterType.StringList or StepParameterType.FileList => expressions ? new EitherForm([new ListForm(text), Forms.Expression]) : new ListForm(text),
            StepParameterType.ApproverList => Forms.List(ApprovalShapes.Approver, 1),
            StepParameterType.Baseline => Forms.Object(GuardrailShapes.Baseline),
            StepParameterType.StringMap => new MapForm(text, ScalarKind.Text),
            _ => new AnyForm { AllowsExpressions = expressions },
        };
    }

    private static ScalarForm Scalar(ScalarKind kind, StepParameter parameter) => new(kind)
    {
        AllowsExpressions = parameter.AllowsExpressions,
        Values = parameter.Values,
        Minimum = parameter.Minimum,
        Maximum = parameter.Maximum,
    };
}
