using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Requests;

/// <summary>What Ollama refuses before it looks for the model: fields of a wrong type or form.</summary>
internal static partial class FieldChecks
{
    private static readonly SearchValues<char> Base64Digits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    public static void Check(NativeRequest request, string goType)
    {
        Expect(request.Member("model"), JsonValueKind.String, $"{goType}.model", "string");
        Expect(request.Member("messages"), JsonValueKind.Array, $"{goType}.messages", "[]api.Message");
        Expect(request.Member("prompt"), JsonValueKind.String, $"{goType}.prompt", "string");
        foreach (var message in request.Messages)
        {
            CheckMessage(message, goType);
        }

        CheckThink(request.Member("think"));
        CheckKeepAlive(request.Member("keep_alive"));
        if (request.Member("top_logprobs") is { ValueKind: JsonValueKind.Number } top
            && top.TryGetInt32(out var n) && n is < 0 or > 20)
        {
            throw new OllamaRefusal(400, "top_logprobs must be between 0 and 20");
        }
    }

    private static void CheckMessage(JsonElement message, string goType)
    {
        Expect(message, JsonValueKind.Object, $"{goType}.messages", "api.Message");
        Expect(NativeRequest.Member(message, "role"), JsonValueKind.String, $"{goType}.messages.role", "string");
        Expect(NativeRequest.Member(message, "content"), JsonValueKind.String, $"{goType}.messages.content", "string");
        foreach (var image in Items(NativeRequest.Member(message, "images")))
        {
            CheckBase64(image.GetString() ?? string.Empty);
        }

        foreach (var call in Items(NativeRequest.Member(message, "tool_calls")))
        {
            if (NativeRequest.Member(call, "function") is { } function
                && NativeRequest.Member(function, "arguments") is { ValueKind: not JsonValueKind.Object })
            {
                throw new OllamaRefusal(400, "Value looks like object, but can't find closing '}' symbol");
            }
        }
    }

    private static void CheckBase64(string image)
    {
        if (!Base64.IsValid(image))
        {
            var bad = image.AsSpan().IndexOfAnyExcept(Base64Digits);
            throw new OllamaRefusal(400, $"illegal base64 data at input byte {(bad < 0 ? image.Length : bad)}");
        }
    }

    private static void CheckThink(JsonElement? think)
    {
        if (think is { ValueKind: JsonValueKind.String } level
            && level.GetString() is not ("high" or "medium" or "low" or "max"))
        {
            throw new OllamaRefusal(
                400,
                $"invalid think value: \"{level}\" (must be \"high\", \"medium\", \"low\", \"max\", true, or false)");
        }

        if (think is { ValueKind: not (JsonValueKind.String or JsonValueKind.True or JsonValueKind.False) })
        {
            throw new OllamaRefusal(
                400, "think must be a boolean or string (\"high\", \"medium\", \"low\", \"max\", true, or false)");
        }
    }

    private static void CheckKeepAlive(JsonElement? keepAlive)
    {
        if (keepAlive is { ValueKind: JsonValueKind.String } text && !GoDuration().IsMatch(text.ToString()))
        {
            throw new OllamaRefusal(400, $"time: invalid duration \"{text}\"");
        }
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement? array) =>
        array is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default;

    private static void Expect(JsonElement? value, JsonValueKind kind, string path, string goType)
    {
        if (value is { } present && present.ValueKind != kind)
        {
            var kindName = NativeRequest.GoKind(present);
            throw new OllamaRefusal(
                400, $"json: cannot unmarshal {kindName} into Go struct field {path} of type {goType}");
        }
    }

    [GeneratedRegex(
        @"^[+-]?(0|(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex GoDuration();
}
