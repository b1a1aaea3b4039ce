using System.Globalization;
using System.Text.Json;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// The references within a tool's parameters. A schema for a required call moves them, so Ollama's error about a dangling one
/// would show a path that the caller never wrote. So they are checked here first.
/// </summary>
internal static class ToolReferences
{
    /// <exception cref="GatewayException">A reference is dangling; the error quotes it as the caller wrote it.</exception>
    public static void ThrowIfUnresolved(ToolDefinition tool)
    {
        if (tool.Parameters is { } parameters && Find(parameters, parameters, "parameters") is var (place, reference))
        {
            throw new GatewayException(
                GatewayError.InvalidRequest,
                $"A call of the tool \"{tool.Name}\" cannot be required: {place} refers to \"{reference}\", which its parameters do not contain.")
            {
                Field = RequestField.Tools,
            };
        }
    }

    /// <summary>The first dangling reference, and its location.</summary>
    private static (string Place, string Reference)? Find(JsonElement value, JsonElement root, string place)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (member.NameEquals("$ref") && member.Value.ValueKind == JsonValueKind.String)
                    {
                        // Not null: the value is a string.
                        var reference = member.Value.GetString()!;
                        if (!Resolves(reference, root))
                        {
                            return (place, reference);
                        }
                    }
                    else if (Find(member.Value, root, $"{place}.{member.Name}") is { } inner)
                    {
                        return inner;
                    }
                }

                return null;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    if (Find(item, root, $"{place}[{index++}]") is { } inner)
                    {
                        return inner;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    /// <summary>As Ollama follows it: only within the schema, and without the escapes of JSON pointers.</summary>
    private static bool Resolves(string reference, JsonElement root)
    {
        if (reference == "#")
        {
            return true;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return false;
        }

        var target = root;
        foreach (var step in reference[2..].Split('/'))
        {
            var isFound = target.ValueKind switch
            {
                JsonValueKind.Object => target.TryGetProperty(step, out target),
                JsonValueKind.Array => TryGetItem(target, step, out target),
                _ => false,
            };
            if (!isFound)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryGetItem(JsonElement array, string step, out JsonElement item)
    {
        var isFound = int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.GetArrayLength();
        item = isFound ? array[index] : default;
        return isFound;
    }
}
