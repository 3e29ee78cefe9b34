using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Playbooks.Conditions;

/// <summary>
/// Reads an expression by recursive descent and checks its types on the way, so that a condition that can never be
/// answered is refused when the playbook is read and not in the middle of a rollout.
/// </summary>
internal sealed class ExpressionParser(string text, ExpressionDialect dialect)
{
    /// <summary>Bounds the tree, and with it the recursion that evaluates it.</summary>
    private const int MaximumLength = 1000;

    private const int MaximumDepth = 64;

    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private readonly IReadOnlyList<Token> _tokens = new ExpressionLexer(text).Read();
    private int _next;
    private int _depth;

    private Token Current => _tokens[_next];

    public ExpressionNode ParseBoolean()
    {
        if (string.IsNullOrWhiteSpace(text)) throw new ConditionException("expected a comparison, got nothing", text, 0);
        if (text.Length > MaximumLength)
        {
            throw new ConditionException($"expected at most {MaximumLength} characters, got {text.Length},", text[..40] + "…", MaximumLength);
        }

        var root = ParseOr();
        if (Current.Kind != TokenKind.End) throw Unexpected("an operator or the end");
        return Want(root, OperandType.Boolean);
    }

    private ExpressionNode ParseOr() => ParseLogic("or", ParseAnd);

    private ExpressionNode ParseAnd() => ParseLogic("and", ParseNot);

    private ExpressionNode ParseLogic(string word, Func<ExpressionNode> operand)
    {
        var left = operand();
        while (IsWord(word))
        {
            var position = Take().Position;
            left = new BinaryNode(position, word, Want(left, OperandType.Boolean), Want(operand(), OperandType.Boolean), OperandType.Boolean);
        }

        return left;
    }

    private ExpressionNode ParseNot()
    {
        if (!IsWord("not")) return ParseComparison();
        var position = Take().Position;
        return new NotNode(position, Want(Deeper(ParseNot), OperandType.Boolean));
    }

    private ExpressionNode ParseComparison()
    {
        var left = ParseSum();
        if (IsWord("in")) return ParseMembership(left);
        if (Current.Kind != TokenKind.Symbol || !Comparisons.Contains(Current.Text)) return left;
        var sign = Take();
        var right = ParseSum();
        if (Current.Kind == TokenKind.Symbol && Comparisons.Contains(Current.Text))
        {
            throw new ConditionException("a comparison has two sides; join two comparisons with 'and'", text, Current.Position);
        }

        return Compare(sign, left, right);
    }

    private BinaryNode Compare(Token sign, ExpressionNode left, ExpressionNode right)
    {
        if (sign.Text is "==" or "!=")
        {
            if (left.Type != OperandType.Any && right.Type != OperandType.Any && left.Type != right.Type)
            {
                throw new ConditionException($"expected {Name(left.Type)} on the right of {sign.Text}, got {Name(right.Type)}", text, right.Position);
            }
        }
        else
        {
            left = Want(left, OperandType.Number);
            right = Want(right, OperandType.Number);
        }

        return new BinaryNode(sign.Position, sign.Text, left, right, OperandType.Boolean);
    }

    private BinaryNode ParseMembership(ExpressionNode left)
    {
        if (dialect == ExpressionDialect.Measurement) throw Unexpected("a comparison");
        var position = Take().Position;
        return new BinaryNode(position, "in", left, Want(ParseSum(), OperandType.List), OperandType.Boolean);
    }

    private ExpressionNode ParseSum() => ParseArithmetic(ParseProduct, "+", "-");

    private ExpressionNode ParseProduct() => ParseArithmetic(ParseUnary, "*", "/");

    private ExpressionNode ParseArithmetic(Func<ExpressionNode> operand, string first, string second)
    {
        var left = operand();
        while (IsSymbol(first) || IsSymbol(second))
        {
            var sign = Take();
            left = new BinaryNode(sign.Position, sign.Text, Want(left, OperandType.Number), Want(operand(), OperandType.Number), OperandType.Number);
        }

        return left;
    }

    private ExpressionNode ParseUnary()
    {
        if (!IsSymbol("-")) return ParsePrimary();
        var position = Take().Position;
        return new NegationNode(position, Want(Deeper(ParseUnary), OperandType.Number));
    }

    private ExpressionNode ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Take();
                return new NumberNode(token.Position, token.Number, token.IsPercent);
            case TokenKind.Text when dialect == ExpressionDialect.Run:
                Take();
                return new TextNode(token.Position, token.Text);
            case TokenKind.Symbol when token.Text == "(":
                Take();
                var inner = Deeper(ParseOr);
                Expect(")");
                return inner;
            case TokenKind.Symbol when token.Text == "[" && dialect == ExpressionDialect.Run:
                Take();
                return new ListNode(token.Position, ParseItems("]"));
            case TokenKind.Word when !IsKeyword(token.Text):
                Take();
                return IsSymbol("(") ? ParseCall(token) : ParseName(token);
            default:
                throw Unexpected(dialect == ExpressionDialect.Measurement ? "a number, 'result' or 'baseline'" : "a value");
        }
    }

    private ExpressionNode ParseName(Token token)
    {
        if (dialect == ExpressionDialect.Measurement)
        {
            return token.Text is "result" or "baseline"
                ? new ReferenceNode(token.Position, token.Text, OperandType.Number)
                : throw Unknown(token, "name", ["result", "baseline", "isNaN()", "default()"]);
        }

        if (token.Text is "true" or "false") return new BooleanNode(token.Position, token.Text == "true");
        return token.Text.Contains('.', StringComparison.Ordinal) || token.Text == "item"
            ? new ReferenceNode(token.Position, token.Text, OperandType.Any)
            : throw Unknown(token, "name", ["inputs.NAME", "steps.ID.outputs.NAME", "run.NAME", "item", "true", "false"]);
    }

    private CallNode ParseCall(Token name)
    {
        Take();
        var arguments = ParseItems(")");
        switch (name.Text)
        {
            case "isNaN":
                WantCount(name, arguments, 1);
                return new CallNode(name.Position, name.Text, [Want(arguments[0], OperandType.Number)], OperandType.Boolean);
            case "default":
                WantCount(name, arguments, 2);
                return new CallNode(name.Position, name.Text, arguments, arguments[0].Type == arguments[1].Type ? arguments[0].Type : OperandType.Any);
            case "contains" when dialect == ExpressionDialect.Run:
                WantCount(name, arguments, 2);
                return new CallNode(name.Position, name.Text, arguments, OperandType.Boolean);
            default:
                string[] known = dialect == ExpressionDialect.Run ? ["isNaN", "default", "contains"] : ["isNaN", "default"];
                throw Unknown(name, "function", known);
        }
    }

    private List<ExpressionNode> ParseItems(string closing)
    {
        var items = new List<ExpressionNode>();
        if (!IsSymbol(closing))
        {
            do items.Add(Deeper(ParseOr));
            while (TakeIf(","));
        }

        Expect(closing);
        return items;
    }

    private ExpressionNode Deeper(Func<ExpressionNode> parse)
    {
        if (++_depth > MaximumDepth) throw new ConditionException($"nested deeper than {MaximumDepth}", text, Current.Position);
        var node = parse();
        _depth--;
        return node;
    }

    private ExpressionNode Want(ExpressionNode node, OperandType type) =>
        node.Type == type || node.Type == OperandType.Any
            ? node
            : throw new ConditionException($"expected {Name(type)}, got {Name(node.Type)}", text, node.Position);

    private void WantCount(Token name, List<ExpressionNode> arguments, int count)
    {
        if (arguments.Count == count) return;
        throw new ConditionException($"{name.Text}() takes {count} value{(count == 1 ? "" : "s")}, got {arguments.Count}", text, name.Position);
    }

    private static string Name(OperandType type) => type switch
    {
        OperandType.Number => "a number",
        OperandType.Boolean => "a yes or no such as a comparison",
        OperandType.Text => "a text",
        OperandType.List => "a list",
        _ => "a value",
    };

    private ConditionException Unknown(Token token, string what, string[] known) =>
        new($"unknown {what} '{token.Text}'; expected {string.Join(", ", known)}{Suggestion.For(token.Text, known)}", text, token.Position);

    private ConditionException Unexpected(string expected) => new($"expected {expected}, got {Current}", text, Current.Position);

    private static bool IsKeyword(string word) => word is "and" or "or" or "not" or "in";

    private bool IsWord(string word) => Current.Kind == TokenKind.Word && Current.Text == word;

    private bool IsSymbol(string symbol) => Current.Kind == TokenKind.Symbol && Current.Text == symbol;

    private Token Take() => _tokens[_next++];

    private bool TakeIf(string symbol)
    {
        if (!IsSymbol(symbol)) return false;
        Take();
        return true;
    }

    private void Expect(string symbol)
    {
        if (!TakeIf(symbol)) throw Unexpected($"'{symbol}'");
    }
}
