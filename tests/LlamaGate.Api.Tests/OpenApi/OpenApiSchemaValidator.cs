using System.Text.Json;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>
/// Holds JSON against the document's schemas: the part of JSON Schema that they use. A member that a schema with properties does not
/// name is a fault too, unless it says <c>additionalProperties</c>: what is answered must be described.
/// </summary>
internal sealed class OpenApiSchemaValidator(JsonElement document)
{
    /// <returns>What is wrong, each with its path; empty when all is well.</returns>
    public IReadOnlyList<string> Validate(string schemaName, JsonElement value) =>
        [.. Faults(document.GetProperty("components").GetProperty("schemas").GetProperty(schemaName), value, "$")];

    /// <summary>An answer against what its operation says of its status.</summary>
    public IReadOnlyList<string> ValidateAnswer(string method, string path, int status, JsonElement value)
    {
        var answers = document.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant()).GetProperty("responses");
        if (!answers.TryGetProperty($"{status}", out var answer))
        {
            return [$"{method} {path} says nothing of {status}."];
        }

        return [.. Faults(Resolve(answer).GetProperty("content").GetProperty("application/json").GetProperty("schema"), value, "$")];
    }

    public JsonElement Resolve(JsonElement element)
    {
        while (element.TryGetProperty("$ref", out var reference))
        {
            element = reference.GetString()!.Split('/').Skip(1).Aggregate(document, (parent, name) => parent.GetProperty(name));
        }

        return element;
    }

    private IEnumerable<string> Faults(JsonElement schema, JsonElement value, string path)
    {
        schema = Resolve(schema);
        foreach (var choice in new[] { "anyOf", "oneOf" })
        {
            if (schema.TryGetProperty(choice, out var choices)
                && !choices.EnumerateArray().Any(one => !Faults(one, value, path).Any()))
            {
                var reasons = choices.EnumerateArray().SelectMany(one => Faults(one, value, path));
                return [$"{path} fits none of its choices: {string.Join(" / ", reasons)}"];
            }
        }

        if (schema.TryGetProperty("type", out var type) && !TypesOf(type).Any(name => IsOf(name, value)))
        {
            return [$"{path} is {value.ValueKind} and should be {type}"];
        }

        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
        {
            return [$"{path} is {value} and should be one of {words}"];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => ObjectFaults(schema, value, path),
            JsonValueKind.Array => ArrayFaults(schema, value, path),
            JsonValueKind.Number => NumberFaults(schema, value, path),
            _ => [],
        };
    }

    private IEnumerable<string> ObjectFaults(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
            {
                yield return $"{path}.{name} is missing";
            }
        }

        if (!schema.TryGetProperty("properties", out var properties))
        {
            yield break;
        }

        foreach (var member in value.EnumerateObject())
        {
            var faults = properties.TryGetProperty(member.Name, out var described) ? Faults(described, member.Value, $"{path}.{member.Name}")
                : !schema.TryGetProperty("additionalProperties", out var others) ? [$"{path}.{member.Name} is not described"]
                : others.ValueKind == JsonValueKind.False ? [$"{path}.{member.Name} is not allowed"]
                : others.ValueKind == JsonValueKind.Object ? Faults(others, member.Value, $"{path}.{member.Name}")
                : [];
            foreach (var fault in faults)
            {
                yield return fault;
            }
        }
    }

    private IEnumerable<string> ArrayFaults(JsonElement schema, JsonElement value, string path)
    {
        var count = value.GetArrayLength();
        if ((schema.TryGetProperty("minItems", out var least) && count < least.GetInt32())
            || (schema.TryGetProperty("maxItems", out var most) && count > most.GetInt32()))
        {
            return [$"{path} has {count} items"];
        }

        return schema.TryGetProperty("items", out var items)
            ? value.EnumerateArray().SelectMany((item, i) => Faults(items, item, $"{path}[{i}]"))
            : [];
    }

    private static IEnumerable<string> NumberFaults(JsonElement schema, JsonElement value, string path) =>
        (schema.TryGetProperty("minimum", out var least) && value.GetDouble() < least.GetDouble())
        || (schema.TryGetProperty("maximum", out var most) && value.GetDouble() > most.GetDouble())
            ? [$"{path} is {value}, out of its range"]
            : [];

    private static IEnumerable<string> TypesOf(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Select(name => name.GetString()!)
        : [type.GetString()!];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
