using System.Text.Json;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.Configuration;

/// <summary>Parses MODEL_OPTIONS.</summary>
internal static class ModelOptionsText
{
    private const string KeepAlive = "keep_alive";
    private const int MaxKeepAliveLength = 64;

    /// <summary>What a <c>keep_alive</c> must be.</summary>
    public const string KeepAliveFault = "must be a duration like \"30m\", or a number of seconds; -1 = forever";

    /// <param name="text">The variable's value.</param>
    /// <param name="problem">Which member is wrong, and why; null when there is nothing to add to the value itself.</param>
    /// <returns>Null when the text is not allowed.</returns>
    public static ModelOptions? Parse(string text, out string? problem)
    {
        problem = null;
        if (text.Length == 0)
        {
            return ModelOptions.None;
        }

        if (ReadObject(text) is not { } rules)
        {
            return null;
        }

        problem = rules.EnumerateObject().Select(FindFault).FirstOrDefault(fault => fault is not null)
            ?? (FindTwice(rules) is { } pattern ? $"\"{pattern}\" occurs twice" : null);
        return problem is null ? new ModelOptions(rules) : null;
    }

    public static bool IsKeepAlive(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => true,
        JsonValueKind.String when value.GetString() is { Length: <= MaxKeepAliveLength } text =>
            GoDuration.TryParse(text.StartsWith('-') ? text[1..] : text, out _),
        _ => false,
    };

    private static JsonElement? ReadObject(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } rules ? rules : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>What one of Ollama's options must be; null when it is allowed.</returns>
    public static string? FindFault(string option, JsonElement value) => OptionTypes.Fault(option, value)
        ?? (option is "num_ctx" && value.GetDouble() is < 1 or > ModelRuleReader.MaxContext
            ? $"must be an integer from 1 to {ModelRuleReader.MaxContext}"
            : null);

    private static string? FindFault(JsonProperty rule) => rule.Value.ValueKind is JsonValueKind.Object
        ? rule.Value.EnumerateObject().Select(option => FindFault(rule.Name, option)).FirstOrDefault(fault => fault is not null)
            ?? (FindTwice(rule.Value) is { } option ? $"{option} of \"{rule.Name}\" occurs twice" : null)
        : $"\"{rule.Name}\" must be an object of Ollama's options, like {{\"num_ctx\":32768}}";

    private static string? FindFault(string pattern, JsonProperty option)
    {
        var fault = option.Name switch
        {
            KeepAlive => IsKeepAlive(option.Value) ? null : KeepAliveFault,
            "max_ctx" or "slots" => "is not an option of Ollama; set it in HOSTS_FILE, under \"models\"",
            _ => FindFault(option.Name, option.Value),
        };
        return fault is null ? null : $"{option.Name} of \"{pattern}\" {fault}";
    }

    /// <summary>The name of two members; null when each has its own.</summary>
    private static string? FindTwice(JsonElement json) =>
        json.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
}
