namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>The forms that many keys share.</summary>
internal static class Forms
{
    public static readonly Form Text = new ScalarForm(ScalarKind.Text);
    public static readonly Form TextWithExpressions = new ScalarForm(ScalarKind.Text) { AllowsExpressions = true };
    public static readonly Form Label = new ScalarForm(ScalarKind.Label);
    public static readonly Form Identifier = new ScalarForm(ScalarKind.Identifier);
    public static readonly Form Name = new ScalarForm(ScalarKind.Name);
    public static readonly Form Names = new ListForm(Name);
    public static readonly Form Texts = new ListForm(Text);
    public static readonly Form Labels = new ListForm(Label);
    public static readonly Form Boolean = new ScalarForm(ScalarKind.Boolean);
    public static readonly Form Number = new ScalarForm(ScalarKind.Number);
    public static readonly Form Duration = new ScalarForm(ScalarKind.Duration);
    public static readonly Form Condition = new ScalarForm(ScalarKind.Condition);
    public static readonly Form If = new ScalarForm(ScalarKind.If);
    public static readonly Form Threshold = new ScalarForm(ScalarKind.Threshold);
    public static readonly Form Percent = new ScalarForm(ScalarKind.Percent) { Minimum = 0, Maximum = 100 };
    public static readonly Form Expression = new ScalarForm(ScalarKind.Expression) { AllowsExpressions = true };
    public static readonly Form Any = new AnyForm();
    public static readonly Form AnyWithExpressions = new AnyForm { AllowsExpressions = true };
    public static readonly Form With = new WithForm();

    public static Form Integer(int minimum, int? maximum = null) => new ScalarForm(ScalarKind.Integer) { Minimum = minimum, Maximum = maximum };

    public static Form LongInteger(int minimum) => new ScalarForm(ScalarKind.LongInteger) { Minimum = minimum };

    public static Form NumberFrom(double minimum) => new ScalarForm(ScalarKind.Number) { Minimum = minimum };

    public static Form Choice(params string[] values) => new ScalarForm(ScalarKind.Choice) { Values = values };

    public static Form Object(Shape shape) => new ObjectForm(shape);

    public static Form List(Shape shape, int minItems = 0) => new ListForm(new ObjectForm(shape)) { MinItems = minItems };

    public static Form Map(Shape shape, ScalarKind keyKind = ScalarKind.Name) => new MapForm(new ObjectForm(shape), keyKind);
}
