using System.Text;
using System.Text.Json;

namespace LlamaGate.Application.Generation;

/// <summary>A call's arguments: OpenAI's JSON in a string, Ollama's object.</summary>
internal static class ToolArguments
{
    public static bool IsObject(string? arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(arguments));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
