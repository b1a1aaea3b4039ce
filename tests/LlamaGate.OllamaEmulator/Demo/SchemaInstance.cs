using System.Globalization;
using System.Text.Json;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Demo;

/// <summary>
/// Writes a small value that fits a JSON schema: every required property (all of them where none is required), the
/// first enum value or branch, the shortest array. Patterns and combined branches are beyond it.
/// </summary>
internal sealed class SchemaInstance
{
    private const int MaxDepth = 16;
    private readonly JsonElement _root;
    private readonly string _asked;

    private SchemaInstance(JsonElement root, string asked)
    {
        _root = root;
        _asked = asked;
    }

    /// <param name="schema">The JSON schema.</param>
    /// <param name="asked">The user's words, from which cities and queries are taken.</param>
    public static string Of(JsonElement schema, string asked) =>
        new SchemaInstance(schema, asked).Write(schema, string.Empty, 0);

    private static bool Get(JsonElement schema, string name, out JsonElement value)
    {
        value = default;
        return schema.ValueKind is JsonValueKind.Object && schema.TryGetProperty(name, out value);
    }

    private static bool IsFilled(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0;

    private static int Integer(JsonElement schema, string name) =>
        Get(schema, name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : 0;

    private static string TypeOf(JsonElement schema)
    {
        if (!Get(schema, "type", out var type))
        {
            return Get(schema, "properties", out _) ? "object" : Get(schema, "items", out _) ? "array" : "string";
        }

        return type.ValueKind is JsonValueKind.Array
            ? type.EnumerateArray().Select(item => item.ToString()).FirstOrDefault(item => item != "null") ?? "null"
            : type.ToString();
    }

    private static string WriteNumber(JsonElement schema)
    {
        decimal Bound(string name, decimal otherwise) =>
            Get(schema, name, out var bound)
            && bound.ValueKind is JsonValueKind.Number
            && bound.TryGetDecimal(out var number)
                ? number
                : otherwise;

        var least = Math.Max(
            Bound("minimum", decimal.MinValue), Bound("exclusiveMinimum", decimal.MinValue / 2 - 1) + 1);
        var most = Math.Min(
            Bound("maximum", decimal.MaxValue), Bound("exclusiveMaximum", decimal.MaxValue / 2 + 1) - 1);
        return Math.Min(Math.Max(1, least), most).ToString(CultureInfo.InvariantCulture);
    }

    private string Write(JsonElement schema, string name, int depth)
    {
        schema = Resolve(schema);
        if (depth > MaxDepth)
        {
            return "null";
        }

        if (Get(schema, "const", out var constant))
        {
            return JsonSerializer.Serialize(constant);
        }

        if (Get(schema, "enum", out var values) && IsFilled(values))
        {
            return JsonSerializer.Serialize(values[0]);
        }

        foreach (var branch in new[] { "anyOf", "oneOf", "allOf" })
        {
            if (Get(schema, branch, out var branches) && IsFilled(branches))
            {
                return Write(branches[0], name, depth + 1);
            }
        }

        return TypeOf(schema) switch
        {
            "object" => WriteObject(schema, depth),
            "array" => WriteArray(schema, name, depth),
            "integer" or "number" => WriteNumber(schema),
            "boolean" => "true",
            "null" => "null",
            _ => GoJson.Quote(WriteText(schema, name)),
        };
    }

    private string WriteObject(JsonElement schema, int depth)
    {
        if (!Get(schema, "properties", out var properties) || properties.ValueKind is not JsonValueKind.Object)
        {
            return "{}";
        }

        var required = Get(schema, "required", out var names) && names.ValueKind is JsonValueKind.Array
            ? names.EnumerateArray().Select(item => item.ToString()).ToHashSet(StringComparer.Ordinal)
            : [];
        var members = properties.EnumerateObject()
            .Where(property => required.Count == 0 || required.Contains(property.Name))
            .Select(property => $"{GoJson.Quote(property.Name)}:{Write(property.Value, property.Name, depth + 1)}");
        return $"{{{string.Join(',', members)}}}";
    }

    private string WriteArray(JsonElement schema, string name, int depth)
    {
        var count = Math.Min(Integer(schema, "minItems"), 100);
        var item = count > 0 && Get(schema, "items", out var items) ? Write(items, name, depth + 1) : "\"demo\"";
        return $"[{string.Join(',', Enumerable.Repeat(item, count))}]";
    }

    private string WriteText(JsonElement schema, string name)
    {
        var text = (Get(schema, "format", out var format) ? format.ToString() : name.ToUpperInvariant()) switch
        {
            "date" or "DATE" => "2026-01-31",
            "date-time" => "2026-01-31T12:00:00Z",
            "time" => "12:00:00Z",
            "email" => "demo@example.com",
            "uri" or "URL" => "https://example.com/",
            "uuid" => "00000000-0000-4000-8000-000000000000",
            "CITY" or "LOCATION" or "PLACE" => NamedPlace(),
            "UNIT" => "celsius",
            "QUERY" or "QUESTION" or "TEXT" when _asked.Length > 0 => _asked,
            _ => "demo",
        };
        var most = Integer(schema, "maxLength");
        text = most > 0 && text.Length > most ? text[..most] : text;
        return text.PadRight(Math.Min(Integer(schema, "minLength"), 10_000), '-');
    }

    /// <summary>The last capitalised word after the first, "Paris" in "weather in Paris?".</summary>
    private string NamedPlace() =>
        _asked.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(word => word.Trim('?', '!', '.', ',', '"', '\''))
            .LastOrDefault(word => word.Length > 1 && char.IsUpper(word[0])) ?? "Paris";

    private JsonElement Resolve(JsonElement schema)
    {
        for (var hops = 0; hops < MaxDepth && Get(schema, "$ref", out var reference); hops++)
        {
            var found = _root;
            foreach (var step in reference.ToString().TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!Get(found, step, out found))
                {
                    return default;
                }
            }

            schema = found;
        }

        return schema;
    }
}
