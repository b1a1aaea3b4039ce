using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Generation.Contracts;

/// <summary>What the model may do with its tools.</summary>
/// <param name="Mode">auto, none, required or function.</param>
/// <param name="Name">The one function to call, when the mode is function.</param>
public sealed record ToolChoice(string Mode, string? Name = null)
{
    public const string Auto = "auto";
    public const string None = "none";
    public const string Required = "required";
    public const string Function = "function";

    /// <summary>Restricts the offered functions to these; null = no restriction.</summary>
    [JsonIgnore]
    public IReadOnlySet<string>? AllowedNames { get; init; }

    /// <summary>Members of the object that have no effect, by their path below it; null when there are none.</summary>
    [JsonIgnore]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>
/// Reads a word, <c>{"type":"function","function":{"name":…}}</c>, the older <c>{"name":…}</c>, and
/// <c>{"type":"allowed_tools","allowed_tools":{"mode":…,"tools":[…]}}</c>.
/// </summary>
internal sealed class ToolChoiceConverter : JsonConverter<ToolChoice>
{
    private const string AllowedTools = "allowed_tools";

    public override ToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ToolChoice(reader.GetString()!);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ContractException("a tool choice must be a string or an object.");
        }

        var choice = JsonElement.ParseValue(ref reader);
        if (choice.TryGetProperty(AllowedTools, out var allowed) && allowed.ValueKind == JsonValueKind.Object)
        {
            return ReadAllowed(allowed);
        }

        var named = choice.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object
            ? function
            : choice;
        return named.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? new ToolChoice(ToolChoice.Function, name.GetString()) { Unknown = FindUnknown(choice) }
            : throw new ContractException("a tool choice that is an object must name a function.");
    }

    private static ToolChoice ReadAllowed(JsonElement allowed)
    {
        var mode = allowed.TryGetProperty("mode", out var word) && word.ValueKind == JsonValueKind.String ? word.GetString() : null;
        if (mode is not (ToolChoice.Auto or ToolChoice.Required))
        {
            throw new ContractException("allowed_tools needs a mode, auto or required.");
        }

        var tools = allowed.TryGetProperty("tools", out var list) && list.ValueKind == JsonValueKind.Array
            ? list
            : throw new ContractException("allowed_tools needs tools, an array.");
        return new ToolChoice(mode) { AllowedNames = tools.EnumerateArray().Select(NameOf).OfType<string>().ToHashSet(StringComparer.Ordinal) };
    }

    /// <summary>Null for a tool of another type, which is never offered.</summary>
    private static string? NameOf(JsonElement tool) =>
        tool.ValueKind == JsonValueKind.Object
        && tool.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object
        && function.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()
            : null;

    private static Dictionary<string, JsonElement>? FindUnknown(JsonElement choice)
    {
        Dictionary<string, JsonElement>? unknown = null;
        foreach (var member in choice.EnumerateObject())
        {
            if (member.NameEquals("function") && member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in member.Value.EnumerateObject().Where(inner => !inner.NameEquals("name")))
                {
                    (unknown ??= new(StringComparer.Ordinal))[$"function.{inner.Name}"] = inner.Value;
                }
            }
            else if (!member.NameEquals("type") && !member.NameEquals("name"))
            {
                (unknown ??= new(StringComparer.Ordinal))[member.Name] = member.Value;
            }
        }

        return unknown;
    }

    public override void Write(Utf8JsonWriter writer, ToolChoice value, JsonSerializerOptions options)
    {
        if (value.Name is null)
        {
            writer.WriteStringValue(value.Mode);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type", ToolChoice.Function);
        writer.WriteStartObject("function");
        writer.WriteString("name", value.Name);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
