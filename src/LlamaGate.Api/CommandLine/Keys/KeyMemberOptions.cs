using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary>The options of <c>keys add</c>: one for each field of a key. The values are checked where the file's are.</summary>
internal sealed class KeyMemberOptions
{
    /// <summary>The names of options that are not those of their fields.</summary>
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal) { ["--rate"] = "rate_limit_rps" };

    private readonly Option<string[]> _models = new("--models")
    {
        Description = "Models or patterns that the key may use, separated by commas; ! excludes: 'llama3*,!*:70b' [default: all]",
        HelpName = "patterns",
    };

    private readonly Option<bool> _admin = new("--admin") { Description = "The key may administer the gateway" };

    private readonly IReadOnlyList<(Option<string?> Option, bool IsNumber)> _values =
    [
        (Create("--rate", "requests", "Requests per second [default: RATE_LIMIT_RPS]"), true),
        (Create("--expires", "date", "The last day (2027-01-31) or a time (2027-01-31T18:00:00Z) [default: never]"), false),
        (Create("--cache", "shared|own|off", "Share cached answers with all keys, only within the key, or use no cache [default: shared]"), false),
        (Create("--weight", "number", "Share of a busy host, relative to other keys [default: 1]"), true),
        (Create("--priority", "low|normal|high", "Priority class of its waiting calls [default: normal]"), false),
        (Create("--share-by", "key|address|user:header", "Which calls count as one caller's [default: key]"), false),
        (Create("--max-running", "number", "Most concurrent calls [default: no limit]"), true),
        (Create("--max-waiting", "number", "Most waiting calls [default: 100]"), true),
        (Create("--tokens-per-day", "number", "Tokens per UTC day [default: no limit]"), true),
        (Create("--gpu-seconds-per-day", "seconds", "GPU seconds per UTC day [default: no limit]"), true),
    ];

    public void AddTo(Command command)
    {
        command.Add(_models);
        _values.ToList().ForEach(value => command.Add(value.Option));
        command.Add(_admin);
    }

    /// <summary>The members of a new key, without its hash. Their values can be wrong.</summary>
    public JsonObject Read(ParseResult parsed, string id)
    {
        var members = new JsonObject { ["id"] = id };
        if (parsed.GetValue(_models) is { Length: > 0 } models)
        {
            var patterns = models.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            members["models"] = new JsonArray([.. patterns.Select(pattern => JsonValue.Create(pattern))]);
        }

        foreach (var (option, isNumber) in _values)
        {
            if (parsed.GetValue(option) is { } text)
            {
                members[FieldOf(option.Name)] = isNumber && TryParse(text, out var number) ? JsonValue.Create(number) : JsonValue.Create(text);
            }
        }

        if (parsed.GetValue(_admin))
        {
            members["admin"] = true;
        }

        return members;
    }

    /// <summary>What the command line calls a field at fault.</summary>
    /// <param name="place">Like <c>keys[0].weight</c>.</param>
    public static string OptionOf(string? place)
    {
        var field = place?[(place.IndexOf('.', StringComparison.Ordinal) + 1)..] ?? "";
        return field is "id" ? "the id" : Fields.FirstOrDefault(pair => pair.Value == field).Key ?? "--" + field.Replace('_', '-');
    }

    private static string FieldOf(string option) => Fields.GetValueOrDefault(option) ?? option.TrimStart('-').Replace('-', '_');

    private static bool TryParse(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static Option<string?> Create(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };
}
