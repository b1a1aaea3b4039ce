using System.Security.Cryptography;

namespace LlamaGate.OllamaEmulator.Wire;

/// <summary>The <c>tool_calls</c> array and its ids in both recorded manners.</summary>
internal static class ToolCallJson
{
    private const string LowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LowerAlphanumeric;

    /// <param name="calls">The calls to write.</param>
    /// <param name="form">Decides what a made-up id looks like.</param>
    /// <param name="firstIndex"><c>function.index</c> of the first call.</param>
    public static string Array(IEnumerable<EmulatedToolCall> calls, ToolCallForm form, int firstIndex = 0)
    {
        var items = calls.Select((call, i) =>
            $$$"""{"id":{{{GoJson.Quote(call.Id ?? NewId(form))}}},"function":{"index":{{{firstIndex + i}}},"name":{{{GoJson.Quote(call.Name)}}},"arguments":{{{call.ArgumentsJson}}}}}""");
        return $"[{string.Join(',', items)}]";
    }

    private static string NewId(ToolCallForm form) => form is ToolCallForm.OwnLine
        ? "call_" + RandomNumberGenerator.GetString(LowerAlphanumeric, 8)
        : RandomNumberGenerator.GetString(Alphanumeric, 32);
}
