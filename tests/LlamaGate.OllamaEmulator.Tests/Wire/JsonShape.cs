using System.Text.Json;

namespace LlamaGate.OllamaEmulator.Tests.Wire;

/// <summary>A JSON text reduced to what must not differ: member names in order, and kinds.</summary>
internal static class JsonShape
{
    /// <summary>Objects whose members are the user's, not Ollama's.</summary>
    private static readonly string[] Free = ["arguments", "model_info"];

    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    /// <summary>The shapes of a stream's lines with repetitions folded, as streams differ in length only.</summary>
    public static IReadOnlyList<string> OfLines(IEnumerable<string> lines)
    {
        var shapes = new List<string>();
        foreach (var shape in lines.Select(Of))
        {
            if (shapes.Count == 0 || shapes[^1] != shape)
            {
                shapes.Add(shape);
            }
        }

        return shapes;
    }

    private static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(OfMember))}}}",
        JsonValueKind.Array =>
            $"[{string.Join('|', value.EnumerateArray().Select(Of).Distinct(StringComparer.Ordinal))}]",
        JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => value.ValueKind.ToString(),
    };

    private static string OfMember(JsonProperty member) => Free.Contains(member.Name, StringComparer.Ordinal)
        ? $"{member.Name}:{member.Value.ValueKind}"
        : $"{member.Name}:{Of(member.Value)}";
}
