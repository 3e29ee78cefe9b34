using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The one way of writing a JSON value down, so that equal values have equal digests whoever writes them: RFC 8785 (JSON
/// Canonicalization Scheme). Names sorted by UTF-16 code unit, no white space, numbers as ECMAScript writes doubles, and
/// nothing escaped that need not be. Pure.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>The value in UTF-8, without a byte order mark and without a line break at the end.</summary>
    /// <exception cref="FormatException">It cannot be written: a name stands twice, or a number is beyond doubles.</exception>
    public static byte[] Write(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A number as ECMAScript's <c>Number::toString</c> writes it.</summary>
    public static string Number(double number)
    {
        if (!double.IsFinite(number)) throw new FormatException($"{number} is no number in JSON");
        if (number == 0) return "0";
        var sign = number < 0 ? "-" : "";
        // Shortest digits that read back as the same double, as d.ddddE+nnn.
        var shortest = Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture);
        for (var digits = 0; digits < 17; digits++)
        {
            var candidate = Math.Abs(number).ToString($"E{digits}", CultureInfo.InvariantCulture);
            if (double.Parse(candidate, CultureInfo.InvariantCulture) != Math.Abs(number)) continue;
            shortest = candidate;
            break;
        }

        var cut = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = shortest[..cut].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        if (mantissa.Length == 0) mantissa = "0";
        // The point stands after so many digits.
        var point = int.Parse(shortest.AsSpan(cut + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) + 1;
        return sign + Place(mantissa, point);
    }

    private static string Place(string digits, int point)
    {
        if (digits.Length <= point && point <= 21) return digits.PadRight(point, '0');
        if (point is > 0 and <= 21) return $"{digits[..point]}.{digits[point..]}";
        if (point is > -6 and <= 0) return $"0.{new string('0', -point)}{digits}";
        var exponent = point - 1;
        var fraction = digits.Length == 1 ? "" : $".{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(text, value);
                break;
            case JsonValueKind.Array:
                var first = true;
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    if (!first) text.Append(',');
                    first = false;
                    Append(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                AppendText(text, value.GetString()!);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value.GetDouble()));
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement value)
    {
        var properties = value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal).ToList();
        text.Append('{');
        for (var index = 0; index < properties.Count; index++)
        {
            if (index > 0 && properties[index].Name == properties[index - 1].Name) throw new FormatException($"the name '{properties[index].Name}' stands twice in one object");
            if (index > 0) text.Append(',');
            AppendText(text, properties[index].Name);
            text.Append(':');
            Append(text, properties[index].Value);
        }

        text.Append('}');
    }

    private static void AppendText(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
