using System.Text.Json;
using System.Text.RegularExpressions;

namespace LlamaGate.Api.Tests.Configuration.Hosts;

/// <summary>As much of JSON Schema as the product's schemas use. An unknown word is an error, so that nothing is skipped.</summary>
internal static class SchemaCheck
{
    public static bool Accepts(JsonElement root, JsonElement schema, JsonElement value) =>
        schema.EnumerateObject().All(rule => Accepts(root, schema, rule, value));

    private static bool Accepts(JsonElement root, JsonElement schema, JsonProperty rule, JsonElement value) => rule.Name switch
    {
        "$schema" or "$id" or "$defs" or "title" or "description" => true,
        "$ref" => Accepts(root, Resolve(root, rule.Value.GetString()!), value),
        "type" => rule.Value.ValueKind is JsonValueKind.Array
            ? rule.Value.EnumerateArray().Any(type => IsOfType(value, type.GetString()!)) : IsOfType(value, rule.Value.GetString()!),
        "anyOf" => rule.Value.EnumerateArray().Any(one => Accepts(root, one, value)),
        "const" => JsonElement.DeepEquals(rule.Value, value),
        "if" => !Accepts(root, rule.Value, value) || Accepts(root, schema.GetProperty("then"), value),
        // Part of "if".
        "then" => true,
        "minimum" => value.ValueKind is not JsonValueKind.Number || value.GetDecimal() >= rule.Value.GetDecimal(),
        "maximum" => value.ValueKind is not JsonValueKind.Number || value.GetDecimal() <= rule.Value.GetDecimal(),
        "minLength" => value.ValueKind is not JsonValueKind.String || value.GetString()!.Length >= rule.Value.GetInt32(),
        "maxLength" => value.ValueKind is not JsonValueKind.String || value.GetString()!.Length <= rule.Value.GetInt32(),
        "pattern" => value.ValueKind is not JsonValueKind.String
            || Regex.IsMatch(value.GetString()!, rule.Value.GetString()!, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)),
        "minItems" => value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() >= rule.Value.GetInt32(),
        "maxItems" => value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() <= rule.Value.GetInt32(),
        "items" => value.ValueKind is not JsonValueKind.Array || value.EnumerateArray().All(item => Accepts(root, rule.Value, item)),
        "required" => value.ValueKind is not JsonValueKind.Object
            || rule.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "properties" => value.ValueKind is not JsonValueKind.Object
            || rule.Value.EnumerateObject().All(one => !value.TryGetProperty(one.Name, out var member) || Accepts(root, one.Value, member)),
        "additionalProperties" => value.ValueKind is not JsonValueKind.Object
            || value.EnumerateObject().Where(member => !Names(schema).Contains(member.Name, StringComparer.Ordinal))
                .All(member => rule.Value.ValueKind is not JsonValueKind.False && Accepts(root, rule.Value, member.Value)),
        _ => throw new NotSupportedException(rule.Name),
    };

    private static IEnumerable<string> Names(JsonElement schema) =>
        schema.TryGetProperty("properties", out var known) ? known.EnumerateObject().Select(member => member.Name) : [];

    private static JsonElement Resolve(JsonElement root, string pointer) =>
        pointer[2..].Split('/').Aggregate(root, (element, name) => element.GetProperty(name));

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        "null" => value.ValueKind is JsonValueKind.Null,
        _ => throw new NotSupportedException(type),
    };
}
