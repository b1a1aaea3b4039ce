using System.Buffers;
using System.Text.Json;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// The JSON schema that allows only a call of one of the given tools: <c>{"name":…,"arguments":…}</c>. Ollama has no
/// tool_choice, but enforces a schema.
/// </summary>
internal static class ToolCallSchema
{
    private const string DefinitionPrefix = "tool";

    /// <exception cref="GatewayException">A tool's parameters contain a dangling reference.</exception>
    public static JsonElement For(IReadOnlyList<ToolDefinition> tools)
    {
        foreach (var tool in tools.Where(HasReferences))
        {
            ToolReferences.ThrowIfUnresolved(tool);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteDefinitions(writer, tools);
            if (tools.Count == 1)
            {
                WriteCallMembers(writer, tools[0], 0);
            }
            else
            {
                WriteAlternatives(writer, tools);
            }

            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan, ContractSerialization.ReaderOptions);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Parameters that contain references are placed where a reference from the schema's root can reach them.</summary>
    private static void WriteDefinitions(Utf8JsonWriter writer, IReadOnlyList<ToolDefinition> tools)
    {
        if (!tools.Any(HasReferences))
        {
            return;
        }

        writer.WriteStartObject("$defs");
        for (var i = 0; i < tools.Count; i++)
        {
            if (HasReferences(tools[i]))
            {
                writer.WritePropertyName(DefinitionPrefix + i);
                WriteRelocated(writer, tools[i].Parameters!.Value, $"#/$defs/{DefinitionPrefix}{i}");
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteAlternatives(Utf8JsonWriter writer, IReadOnlyList<ToolDefinition> tools)
    {
        writer.WriteStartArray("anyOf");
        for (var i = 0; i < tools.Count; i++)
        {
            writer.WriteStartObject();
            WriteCallMembers(writer, tools[i], i);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteCallMembers(Utf8JsonWriter writer, ToolDefinition tool, int index)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        writer.WriteStartObject("name");
        writer.WriteString("const", tool.Name);
        writer.WriteEndObject();
        writer.WritePropertyName("arguments");
        WriteArguments(writer, tool, index);
        writer.WriteEndObject();
        writer.WriteStartArray("required");
        writer.WriteStringValue("name");
        writer.WriteStringValue("arguments");
        writer.WriteEndArray();
        writer.WriteBoolean("additionalProperties", false);
    }

    private static void WriteArguments(Utf8JsonWriter writer, ToolDefinition tool, int index)
    {
        if (tool.Parameters is not { } parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "object");
            writer.WriteEndObject();
        }
        else if (HasReferences(tool))
        {
            writer.WriteStartObject();
            writer.WriteString("$ref", $"#/$defs/{DefinitionPrefix}{index}");
            writer.WriteEndObject();
        }
        else
        {
            WriteAsObject(writer, parameters);
        }
    }

    /// <summary>Arguments are always an object, also where the parameters do not say so, or allow something else as well.</summary>
    private static void WriteAsObject(Utf8JsonWriter writer, JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object || (parameters.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("object")))
        {
            parameters.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type", "object");
        foreach (var member in parameters.EnumerateObject().Where(static member => !member.NameEquals("type")))
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static bool HasReferences(ToolDefinition tool) =>
        tool.Parameters is { } parameters && parameters.GetRawText().Contains("\"$ref\"", StringComparison.Ordinal);

    /// <summary>Writes a schema whose root is moved, and adjusts the references to that root.</summary>
    private static void WriteRelocated(Utf8JsonWriter writer, JsonElement schema, string root)
    {
        switch (schema.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in schema.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    if (member.NameEquals("$ref") && member.Value.ValueKind == JsonValueKind.String
                        && member.Value.GetString() is ['#', .. var path])
                    {
                        writer.WriteStringValue(root + path);
                    }
                    else
                    {
                        WriteRelocated(writer, member.Value, root);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in schema.EnumerateArray())
                {
                    WriteRelocated(writer, item, root);
                }

                writer.WriteEndArray();
                break;
            default:
                schema.WriteTo(writer);
                break;
        }
    }
}
