using System.Text.Json;

namespace LlamaGate.Application.Models;

/// <summary>
/// The types that Ollama's options must have. Ollama refuses every call with a wrong one (<c>option "num_ctx" must be of type int</c>), so
/// an operator should hear of it at the start. Names that are not listed may be those of another version.
/// </summary>
public static class OptionTypes
{
    private static readonly HashSet<string> Integers = new(StringComparer.Ordinal)
    {
        "num_ctx", "num_batch", "num_gpu", "main_gpu", "num_thread", "num_keep", "num_predict", "seed", "top_k", "repeat_last_n",
        "draft_num_predict",
    };

    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal)
    {
        "temperature", "top_p", "min_p", "typical_p", "repeat_penalty", "presence_penalty", "frequency_penalty",
    };

    /// <returns>What the value must be, as in "must be an integer"; null when it is allowed.</returns>
    public static string? Fault(string name, JsonElement value) => name switch
    {
        _ when value.ValueKind is JsonValueKind.Null or JsonValueKind.Object => "must be a number, a string, true, false or a list",
        _ when Integers.Contains(name) => IsInteger(value) ? null : "must be an integer",
        _ when Numbers.Contains(name) => value.ValueKind is JsonValueKind.Number ? null : "must be a number",
        "use_mmap" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
        "stop" => IsListOfStrings(value) ? null : "must be a list of strings",
        _ => null,
    };

    private static bool IsInteger(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsInteger(number);

    private static bool IsListOfStrings(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String);
}
