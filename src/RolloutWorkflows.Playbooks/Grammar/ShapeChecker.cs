using RolloutWorkflows.Playbooks.Expressions;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Steps;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Grammar;

/// <summary>Holds a document against the grammar and reports everything that does not fit, each at its place.</summary>
internal sealed class ShapeChecker(ProblemList problems, IStepCatalog catalog)
{
    public void Check(YamlNode root) => CheckObject(PlaybookShapes.Playbook, root, "", "the document");

    private void CheckForm(Form form, YamlNode node, string path, string name)
    {
        switch (form)
        {
            case ScalarForm scalar: CheckScalar(scalar, node, path, name); break;
            case ListForm list: CheckList(list, node, path, name); break;
            case MapForm map: CheckMap(map, node, path, name); break;
            case ObjectForm @object: CheckObject(@object.Shape, node, path, name); break;
            case EitherForm either: CheckEither(either, node, path, name); break;
            case AnyForm any: CheckExpressions(any.AllowsExpressions, node, path, name); break;
        }
    }

    private void CheckScalar(ScalarForm form, YamlNode node, string path, string name)
    {
        if (node is not YamlScalar scalar)
        {
            WrongType(form, node, path, name);
            return;
        }

        if (ExpressionText.HasExpression(scalar.Text))
        {
            if (form.Kind == ScalarKind.If) problems.AddAt(ProblemCodes.InvalidIf, path, scalar.Place, $"{name} is written without ${{{{ }}}}; expected {ScalarRules.Expectation(form)}, got {scalar.Describe()}");
            else CheckExpressions(form.AllowsExpressions, scalar, path, name);
            return;
        }

        if (ScalarRules.Check(form, scalar) is { } refusal) Report(refusal, scalar, path, name);
    }

    private void CheckList(ListForm form, YamlNode node, string path, string name)
    {
        if (node is not YamlSequence sequence)
        {
            WrongType(form, node, path, name);
            return;
        }

        if (sequence.Items.Count < form.MinItems)
        {
            problems.AddAt(ProblemCodes.EmptyList, path, node.Place, $"{name} has too few items; expected at least {form.MinItems}, got {sequence.Items.Count}");
        }

        for (var i = 0; i < sequence.Items.Count; i++) CheckForm(form.Item, sequence.Items[i], $"{path}[{i}]", name);
    }

    private void CheckMap(MapForm form, YamlNode node, string path, string name)
    {
        if (node is not YamlMapping mapping)
        {
            WrongType(form, node, path, name);
            return;
        }

        foreach (var entry in mapping.Entries)
        {
            CheckMapKey(form.KeyKind, entry, path, name);
            CheckForm(form.Value, entry.Value, Join(path, entry.Name), $"'{entry.Name}'");
        }
    }

    private void CheckMapKey(ScalarKind kind, YamlEntry entry, string path, string name)
    {
        if (kind == ScalarKind.Text || ScalarRules.IsName(kind, entry.Name)) return;
        problems.AddAt(ProblemCodes.InvalidName, Join(path, entry.Name), entry.Key.Place, $"{entry.Key.Describe()} is no valid name in {name}; expected {ScalarRules.Expectation(kind)}");
    }

    private void CheckObject(Shape shape, YamlNode node, string path, string name)
    {
        if (node is not YamlMapping mapping)
        {
            problems.AddAt(ProblemCodes.WrongType, path, node.Place, $"{name} has the wrong type; expected {shape.Name} as a mapping of keys, got {node.Describe()}");
            return;
        }

        foreach (var entry in mapping.Entries)
        {
            var entryPath = Join(path, entry.Name);
            if (shape.Find(entry.Name) is { } key)
            {
                if (key.Form is WithForm) CheckWith(mapping, entry, entryPath);
                else CheckForm(key.Form, entry.Value, entryPath, $"'{entry.Name}'");
            }
            else if (shape.Others is { } others)
            {
                CheckMapKey(ScalarKind.Name, entry, path, shape.Name);
                CheckForm(others, entry.Value, entryPath, $"'{entry.Name}'");
            }
            else
            {
                UnknownKey(entry, entryPath, shape.Name, [.. shape.Keys.Select(known => known.Name)]);
            }
        }

        CheckPresence(shape, mapping, path);
    }

    private void CheckPresence(Shape shape, YamlMapping mapping, string path)
    {
        foreach (var key in shape.Keys.Where(key => key.Required && mapping.Find(key.Name) is null))
        {
            problems.AddAt(ProblemCodes.MissingKey, path, mapping.Place, $"{shape.Name} lacks '{key.Name}'; expected {ScalarRules.Expectation(key.Form)}");
        }

        foreach (var group in shape.ExactlyOne.Concat(shape.AtMostOne))
        {
            var present = group.Where(name => mapping.Find(name) is not null).ToList();
            if (present.Count == 1 || (present.Count == 0 && shape.AtMostOne.Contains(group))) continue;
            var got = present.Count == 0 ? "none" : string.Join(" and ", present.Select(name => $"'{name}'"));
            var takes = shape.AtMostOne.Contains(group) ? "takes at most one" : "needs exactly one";
            problems.AddAt(ProblemCodes.ExclusiveKeys, path, mapping.Place, $"{shape.Name} {takes} of these keys; expected either {Wording.AnyOf([.. group.Select(name => $"'{name}'")])}, got {got}");
        }
    }

    /// <summary>An unknown kind is reported at its <c>uses</c>; its configuration cannot be judged then.</summary>
    private void CheckWith(YamlMapping owner, YamlEntry with, string path)
    {
        if (owner.Find("uses") is not YamlScalar uses || !catalog.TryFind(uses.Text, out var kind)) return;
        if (with.Value is not YamlMapping mapping)
        {
            problems.AddAt(ProblemCodes.WrongType, path, with.Value.Place, $"'with' has the wrong type; expected a mapping of keys, got {with.Value.Describe()}");
            return;
        }

        foreach (var entry in mapping.Entries)
        {
            var entryPath = Join(path, entry.Name);
            var parameter = kind.Parameters.FirstOrDefault(known => known.Name == entry.Name);
            if (parameter is null) UnknownKey(entry, entryPath, $"the configuration of {kind.Name}", [.. kind.Parameters.Select(known => known.Name)]);
            else CheckForm(ParameterForms.Of(parameter), entry.Value, entryPath, $"'{entry.Name}'");
        }
    }

    private void CheckEither(EitherForm form, YamlNode node, string path, string name)
    {
        if (node is YamlScalar scalar)
        {
            CheckEitherScalar(form, scalar, path, name);
            return;
        }

        var fitting = form.Forms.FirstOrDefault(candidate => candidate is ListForm ? node is YamlSequence : candidate is not ScalarForm && node is YamlMapping);
        if (fitting is null) WrongType(form, node, path, name);
        else CheckForm(fitting, node, path, name);
    }

    private void CheckEitherScalar(EitherForm form, YamlScalar scalar, string path, string name)
    {
        var candidates = form.Forms.OfType<ScalarForm>().ToList();
        var holdsExpression = ExpressionText.HasExpression(scalar.Text);
        var fitting = candidates.Find(candidate => holdsExpression ? MayHold(candidate, scalar) : ScalarRules.Check(candidate, scalar) is null);
        if (fitting is not null || candidates.Count == 0 || (holdsExpression && !candidates.Exists(candidate => candidate.AllowsExpressions)))
        {
            CheckForm(fitting ?? candidates.FirstOrDefault() ?? form.Forms[0], scalar, path, name);
            return;
        }

        // Of several meanings, being out of range is nearer to what was meant than being of another type.
        var refusals = candidates.ConvertAll(candidate => ScalarRules.Check(candidate, scalar)!);
        var nearest = refusals.Find(refusal => refusal.Code == ProblemCodes.OutOfRange) ?? refusals[0];
        Report(nearest with { Expected = ScalarRules.Expectation(form) }, scalar, path, name);
    }

    private static bool MayHold(ScalarForm form, YamlScalar scalar) =>
        form.AllowsExpressions && (form.Kind != ScalarKind.Expression || ExpressionText.IsWhole(scalar.Text));

    private void CheckExpressions(bool allowed, YamlNode node, string path, string name)
    {
        switch (node)
        {
            case YamlSequence sequence:
                for (var i = 0; i < sequence.Items.Count; i++) CheckExpressions(allowed, sequence.Items[i], $"{path}[{i}]", name);
                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries) CheckExpressions(allowed, entry.Value, Join(path, entry.Name), $"'{entry.Name}'");
                break;
            case YamlScalar scalar when ExpressionText.HasExpression(scalar.Text):
                CheckExpression(allowed, scalar, path, name);
                break;
        }
    }

    private void CheckExpression(bool allowed, YamlScalar scalar, string path, string name)
    {
        if (!allowed)
        {
            problems.AddAt(ProblemCodes.ExpressionNotAllowed, path, scalar.Place, $"{name} may not hold an expression; expected a fixed value, got {scalar.Describe()}");
            return;
        }

        try
        {
            foreach (var _ in ExpressionResolver.ReferencesIn(scalar.Text)) continue;
        }
        catch (ExpressionException exception)
        {
            problems.AddAt(ProblemCodes.InvalidExpression, path, scalar.Place, $"{name} holds an expression that cannot be read: {exception.Message}");
        }
    }

    private void UnknownKey(YamlEntry entry, string path, string where, IReadOnlyList<string> known) =>
        problems.AddAt(ProblemCodes.UnknownKey, path, entry.Key.Place, $"unknown key {entry.Key.Describe()} in {where}; expected {Wording.AnyOf(known)}{Suggestion.For(entry.Name, known)}");

    private void WrongType(Form form, YamlNode node, string path, string name) =>
        problems.AddAt(ProblemCodes.WrongType, path, node.Place, $"{name} has the wrong type; expected {ScalarRules.Expectation(form)}, got {node.Describe()}");

    private void Report(Refusal refusal, YamlScalar scalar, string path, string name) =>
        problems.AddAt(refusal.Code, path, scalar.Place, refusal.Expected is null ? $"{name} {refusal.What}" : $"{name} {refusal.What}; expected {refusal.Expected}, got {scalar.Describe()}{refusal.Advice}");

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
