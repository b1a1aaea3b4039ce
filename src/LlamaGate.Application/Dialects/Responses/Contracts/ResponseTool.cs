using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>A function that the model may call, in a request and given back with its answer.</summary>
public sealed record ResponseTool
{
    /// <summary><c>function</c>.</summary>
    public string? Type { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>JSON schema of the arguments, passed on unchanged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonElement? Parameters { get; init; }

    /// <summary>Accepted, no effect: Ollama does not constrain calls that the model makes of its own accord.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool? Strict { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Reads and writes a word or <c>{"type":"function","name":…}</c>.</summary>
internal sealed class ResponseToolChoiceConverter : JsonConverter<ToolChoice>
{
    private const string Expected = "tool_choice must be auto, none, required or {\"type\":\"function\",\"name\":…}.";

    public override ToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ToolChoice(reader.GetString()!);
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ContractException(Expected);
        }

        var choice = JsonElement.ParseValue(ref reader);
        return choice.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            && type.ValueEquals(ToolChoice.Function)
            && choice.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
                ? new ToolChoice(ToolChoice.Function, name.GetString())
                : throw new ContractException(Expected);
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
        writer.WriteString("name", value.Name);
        writer.WriteEndObject();
    }
}
