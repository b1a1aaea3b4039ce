using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>What the model may do with its tools.</summary>
/// <param name="Mode">auto, none, required, or function when a tool is named.</param>
public sealed record ResponseToolChoice(string Mode)
{
    /// <summary>The one tool to call.</summary>
    public ResponseToolReference? Named { get; init; }

    /// <summary>The tools that <c>allowed_tools</c> leaves; null where it was not sent.</summary>
    public IReadOnlyList<ResponseToolReference>? Allowed { get; init; }

    /// <summary>The object as sent.</summary>
    internal JsonElement Sent { get; init; }
}

/// <summary>What a choice says of a tool.</summary>
/// <param name="Type">The tool's type.</param>
/// <param name="Name">Null for types of which there is one.</param>
/// <param name="Namespace">The namespace that holds it, if one does.</param>
public sealed record ResponseToolReference(string Type, string? Name, string? Namespace);

/// <summary>Reads and writes a word, a tool, and <c>allowed_tools</c>.</summary>
internal sealed class ResponseToolChoiceConverter : JsonConverter<ResponseToolChoice>
{
    private const string AllowedTools = "allowed_tools";
    private const string Expected = "tool_choice must be auto, none, required or {\"type\":\"function\",\"name\":…}.";

    public override ResponseToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ResponseToolChoice(reader.GetString()!);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ContractException(Expected);
        }

        var choice = JsonElement.ParseValue(ref reader);
        if (TextOf(choice, "type") == AllowedTools)
        {
            return new(TextOf(choice, "mode") ?? ToolChoice.Auto) { Allowed = ReferencesOf(choice), Sent = choice };
        }

        return ReferenceOf(choice) is { } named and not { Type: ResponseToolTypes.Function or ResponseToolTypes.Custom, Name: null }
            ? new(ToolChoice.Function) { Named = named, Sent = choice }
            : throw new ContractException(Expected);
    }

    public override void Write(Utf8JsonWriter writer, ResponseToolChoice value, JsonSerializerOptions options)
    {
        if (value.Sent.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteStringValue(value.Mode);
        }
        else
        {
            value.Sent.WriteTo(writer);
        }
    }

    private static IReadOnlyList<ResponseToolReference> ReferencesOf(JsonElement choice) =>
        choice.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array
            ? [.. tools.EnumerateArray().Select(ReferenceOf).OfType<ResponseToolReference>()]
            : throw new ContractException("tool_choice needs the tools that are allowed: an array.");

    private static ResponseToolReference? ReferenceOf(JsonElement tool) =>
        tool.ValueKind == JsonValueKind.Object && TextOf(tool, "type") is { } type
            ? new(type, TextOf(tool, "name"), TextOf(tool, "namespace"))
            : null;

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
