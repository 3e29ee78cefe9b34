namespace RolloutWorkflows.Playbooks;

/// <summary>RW1001 to RW1029: the file, its keys and its values.</summary>
public static partial class ProblemCodes
{
    public static readonly ProblemCode InvalidYaml = new(
        "RW1001", "Not valid YAML", "The file cannot be parsed, often because of indentation, a tab, or an unquoted '{' or ':'.", "Mend the line that is named; quote texts that hold ':', '#', '{' or '%'.");

    public static readonly ProblemCode FileTooLarge = new(
        "RW1002", "File too large", "The file is larger than 1 MiB.", "Move long texts to where they belong; a playbook names them.");

    public static readonly ProblemCode TooDeep = new(
        "RW1003", "Nested too deep", "Lists and mappings are nested deeper than 64 levels.", "Flatten the value.");

    public static readonly ProblemCode TooManyAliases = new(
        "RW1004", "Too many aliases", "More than 100 aliases are used, or following them would make the file very large.", "Write the repeated parts out, or use fewer aliases.");

    public static readonly ProblemCode TagNotAllowed = new(
        "RW1005", "Tag not allowed", "A YAML tag such as !!str or !include stands in the file.", "Remove the tag; quote the value where it is meant as text.");

    public static readonly ProblemCode SeveralDocuments = new(
        "RW1006", "More than one document", "A second document starts after '---'.", "Keep one playbook per file.");

    public static readonly ProblemCode DuplicateKey = new(
        "RW1007", "Key stands twice", "The same key stands twice in one mapping; YAML readers disagree on which one counts.", "Remove one of the two.");

    public static readonly ProblemCode EmptyFile = new(
        "RW1008", "Empty file", "The file holds no document.", "Start with 'apiVersion: rolloutworkflows/v1'.");

    public static readonly ProblemCode UnknownAlias = new(
        "RW1009", "Alias without anchor", "An alias such as *name has no anchor &name above it.", "Define the anchor before its first use, or write the value out.");

    public static readonly ProblemCode UnknownKey = new(
        "RW1010", "Unknown key", "The key does not exist at this place; it may be misspelt or indented wrongly.", "Use one of the keys that the message lists.");

    public static readonly ProblemCode MissingKey = new(
        "RW1011", "Key is missing", "A key without which the part has no meaning is missing.", "Add the key.");

    public static readonly ProblemCode WrongType = new(
        "RW1012", "Wrong type", "The value is of another kind than the key takes, for example a text where a list is expected.", "Write the value as the message says; numbers and true or false stand without quotes.");

    public static readonly ProblemCode UnknownValue = new(
        "RW1013", "Unknown value", "The key takes one of a few words, and this is none of them.", "Use one of the words that the message lists.");

    public static readonly ProblemCode OutOfRange = new(
        "RW1014", "Out of range", "The number is smaller or larger than what the key takes.", "Choose a number within the range that the message states.");

    public static readonly ProblemCode InvalidName = new(
        "RW1015", "Not a valid name", "Names are used in references, commands and addresses, and hold only the characters that the message lists.", "Rename it.");

    public static readonly ProblemCode ExclusiveKeys = new(
        "RW1016", "Keys exclude each other", "Of a group of keys exactly one, or at most one, can be meant.", "Keep one of the keys that the message lists.");

    public static readonly ProblemCode EmptyList = new(
        "RW1017", "Too few items", "The list has fewer items than it needs.", "Add items, or remove the key.");

    public static readonly ProblemCode InvalidDuration = new(
        "RW1020", "Not a duration", "The value is no duration, is longer than ten years, or is a number without a unit.", "Write 30s, 10m, 24h, 3d, 2w, a combination such as 1h30m, or ISO-8601 such as PT1H30M.");

    public static readonly ProblemCode InvalidCondition = new(
        "RW1021", "Not a condition", "The condition cannot be read; the message says at which character.", "Use result, baseline, numbers, percentages, comparisons, and, or, not, isNaN() and default().");

    public static readonly ProblemCode InvalidIf = new(
        "RW1022", "'if' cannot be read", "The expression cannot be read; the message says at which character.", "Use inputs.NAME, steps.ID.outputs.NAME, run.NAME, texts in quotes, comparisons, in, contains(), and, or, not; without ${{ }}.");

    public static readonly ProblemCode InvalidThreshold = new(
        "RW1023", "Not a number of approvals", "minApprovals is neither a count from 1, nor 'all', nor a fraction up to 1.", "Write 2, all or 2/3.");

    public static readonly ProblemCode InvalidUrl = new(
        "RW1024", "Not an address", "The value is no absolute http or https address, or it holds a user name or password.", "Write the whole address; credentials belong into headers from secrets.");

    public static readonly ProblemCode InvalidPattern = new(
        "RW1025", "Not a usable pattern", "The regular expression is wrong, or uses look-around or back-references, which can take unbounded time.", "Write a simpler pattern.");
}
