using System.Text.Json;
using LlamaGate.Application.Chat.Contracts;

namespace LlamaGate.Application.Chat;

/// <summary>The fields of a request that have no effect here, so that nothing that was asked for is dropped without a word.</summary>
internal static class ChatIgnoredFields
{
    /// <summary>A bound on the header, whatever is sent.</summary>
    private const int Most = 20;

    /// <summary>What official clients send back of an answer, which never had an effect anywhere.</summary>
    private static readonly string[] EchoedMessageFields = ["annotations", "parsed", "audio"];

    public static IReadOnlyList<string> Of(ChatCompletionRequest request)
    {
        List<string>? names = null;
        AddUnknown(request.Unknown, prefix: "", exempt: [], ref names);
        if (request.Modalities is { ValueKind: JsonValueKind.Array } modalities
            && modalities.EnumerateArray().Any(m => !m.ValueEquals("text")))
        {
            Add("modalities", ref names);
        }

        foreach (var message in request.Messages ?? [])
        {
            AddUnknown(message?.Unknown, "messages[].", EchoedMessageFields, ref names);
            if (message is { Name: not null, Role: not "function" })
            {
                Add("messages[].name", ref names);
            }
        }

        return names ?? (IReadOnlyList<string>)[];
    }

    private static void AddUnknown(
        IDictionary<string, JsonElement>? unknown, string prefix, ReadOnlySpan<string> exempt, ref List<string>? names)
    {
        if (unknown is null)
        {
            return;
        }

        foreach (var (name, value) in unknown)
        {
            // null is absent to OpenAI, and SDKs send it for what was not set.
            if (value.ValueKind != JsonValueKind.Null && !exempt.Contains(name))
            {
                Add(prefix + (IsPlain(name) ? name : "(unnamed)"), ref names);
            }
        }
    }

    private static void Add(string name, ref List<string>? names)
    {
        names ??= [];
        if (names.Count < Most && !names.Contains(name))
        {
            names.Add(name);
        }
    }

    /// <summary>Names come from outside and go into a header.</summary>
    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
