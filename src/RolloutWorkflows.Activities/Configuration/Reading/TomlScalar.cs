using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>TOML's values without quotes: booleans, numbers and dates. Pure.</summary>
internal static partial class TomlScalar
{
    /// <summary>What the token means; null where it is no value. Dates and numbers that JSON does not know are texts.</summary>
    public static JsonValue? Read(string token)
    {
        if (token is "true" or "false") return JsonValue.Create(token == "true");
        if (Special().IsMatch(token)) return JsonValue.Create(token.TrimStart('+'));
        if (Decimal().IsMatch(token)) return long.TryParse(Plain(token), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole) : null;
        if (Float().IsMatch(token)) return double.TryParse(Plain(token), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number) : null;
        if (Radix().Match(token) is { Success: true } radix) return ReadRadix(radix);
        return IsMoment(token) ? JsonValue.Create(token.ToUpperInvariant().Replace(' ', 'T')) : null;
    }

    private static JsonValue? ReadRadix(Match match)
    {
        var (radix, digits) = match.Groups["hex"] is { Success: true } hex ? (16, hex.Value)
            : match.Groups["octal"] is { Success: true } octal ? (8, octal.Value)
            : (2, match.Groups["binary"].Value);
        try
        {
            return Convert.ToInt64(digits.Replace("_", "", StringComparison.Ordinal), radix) is >= 0 and var number ? JsonValue.Create(number) : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool IsMoment(string token)
    {
        if (Moment().Match(token) is not { Success: true } match) return false;
        var (date, time) = (match.Groups["date"], match.Groups["time"]);
        if (date.Success && !DateOnly.TryParseExact(date.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return false;
        if (time.Success && !TimeOnly.TryParseExact(time.Value, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return false;
        return !match.Groups["offset"].Success || TimeOnly.TryParseExact(match.Groups["offset"].Value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private static string Plain(string token) => token.Replace("_", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[-+]?(?:inf|nan)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Special();

    [GeneratedRegex(@"\A[-+]?(?:0|[1-9](?:_?[0-9])*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\A[-+]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?|[eE][-+]?[0-9](?:_?[0-9])*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(@"\A0(?:x(?<hex>[0-9A-Fa-f](?:_?[0-9A-Fa-f])*)|o(?<octal>[0-7](?:_?[0-7])*)|b(?<binary>[01](?:_?[01])*))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Radix();

    [GeneratedRegex(@"\A(?:(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ](?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?(?:[Zz]|[-+](?<offset>[0-9]{2}:[0-9]{2}))?)?|(?<time>[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Moment();
}
