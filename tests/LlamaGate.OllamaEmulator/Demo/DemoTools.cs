using System.Text.Json;
using LlamaGate.OllamaEmulator.Requests;

namespace LlamaGate.OllamaEmulator.Demo;

/// <summary>Decides whether the demo model calls a tool, and with what.</summary>
internal static class DemoTools
{
    /// <summary>
    /// A call when the last message is a user's who speaks of the weather or of a tool; null for an answer in text.
    /// </summary>
    public static EmulatedToolCall? CallFor(NativeRequest request)
    {
        var last = request.Messages.LastOrDefault();
        if (request.Tools.Count == 0 || NativeRequest.TextOf(last, "role") != "user")
        {
            return null;
        }

        var asked = NativeRequest.TextOf(last, "content") ?? string.Empty;
        var functions =
            request.Tools.Select(tool => NativeRequest.Member(tool, "function")).OfType<JsonElement>().ToArray();
        var named = functions.Where(function => Mentions(asked, NameOf(function))).ToArray();
        var speaksOfWeather = asked.Contains("weather", StringComparison.OrdinalIgnoreCase);
        if (functions.Length == 0 || (named.Length == 0 && !speaksOfWeather))
        {
            return null;
        }

        var chosen = named.Length > 0 ? named[0] : functions[0];
        var arguments = NativeRequest.Member(chosen, "parameters") is { ValueKind: JsonValueKind.Object } schema
            ? SchemaInstance.Of(schema, asked)
            : "{}";
        return new EmulatedToolCall(NameOf(chosen), arguments.StartsWith('{') ? arguments : "{}");
    }

    private static string NameOf(JsonElement function) => NativeRequest.TextOf(function, "name") ?? string.Empty;

    private static bool Mentions(string text, string name) => name.Length > 0
        && (text.Contains(name, StringComparison.OrdinalIgnoreCase)
            || text.Contains(name.Replace('_', ' '), StringComparison.OrdinalIgnoreCase));
}
