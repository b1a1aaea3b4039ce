using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>What the model may do with its tools.</summary>
/// <param name="Choice">auto, none, required or one function; auto also where a tool was chosen that is no function.</param>
public sealed record ResponseToolChoice(ToolChoice Choice)
{
    /// <summary>The functions that <c>allowed_tools</c> leaves; null where it was not sent.</summary>
    public IReadOnlyList<string>? AllowedNames { get; init; }

    /// <summary>A tool was chosen that is no function, so that the choice has no effect.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The <c>allowed_tools</c> as sent.</summary>
    internal JsonElement Sent { get; init; }
}

/// <summary>Reads and writes a word, a function by its name, and <c>allowed_tools</c>; tools of other types are only read.</summary>
internal sealed class ResponseToolChoiceConverter : JsonConverter<ResponseToolChoice>
{
    private const string AllowedTools = "allowed_tools";
    private const string Expected = "tool_choice must be auto, none, required or {\"type\":\"function\",\"name\":…}.";

    public override ResponseToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ResponseToolChoice(new ToolChoice(reader.GetString()!));
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ContractException(Expected);
        }

        var choice = JsonElement.ParseValue(ref reader);
        return TextOf(choice, "type") switch
        {
            ToolChoice.Function when TextOf(choice, "name") is { } name => new(new ToolChoice(ToolChoice.Function, name)),
            null or ToolChoice.Function => throw new ContractException(Expected),
            AllowedTools => new(new ToolChoice(TextOf(choice, "mode") ?? ToolChoice.Auto))
            {
                AllowedNames = FunctionsOf(choice),
                Sent = choice,
            },
            _ => new(new ToolChoice(ToolChoice.Auto)) { IsForeign = true },
        };
    }

    public override void Write(Utf8JsonWriter writer, ResponseToolChoice value, JsonSerializerOptions options)
    {
        if (value.AllowedNames is not null)
        {
            value.Sent.WriteTo(writer);
        }
        else if (value.Choice.Name is null)
        {
            writer.WriteStringValue(value.Choice.Mode);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteString("type", ToolChoice.Function);
            writer.WriteString("name", value.Choice.Name);
            writer.WriteEndObject();
        }
    }

    private static IReadOnlyList<string> FunctionsOf(JsonElement choice) =>
        choice.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array
            ? [.. tools.EnumerateArray().Where(IsFunction).Select(tool => TextOf(tool, "name")).OfType<string>()]
            : throw new ContractException("tool_choice needs the tools that are allowed: an array.");

    private static bool IsFunction(JsonElement tool) =>
        tool.ValueKind == JsonValueKind.Object && TextOf(tool, "type") == ToolChoice.Function;

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
