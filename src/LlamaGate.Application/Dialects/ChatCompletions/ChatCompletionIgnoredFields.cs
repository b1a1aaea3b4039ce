using System.Text.Json;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>The fields of a request that have no effect here, so that nothing that was asked for is dropped without a word.</summary>
public static class ChatCompletionIgnoredFields
{
    /// <summary>What official clients send back of an answer, which never had an effect anywhere.</summary>
    private static readonly string[] EchoedMessageFields = ["annotations", "parsed", "audio"];

    public static IReadOnlyList<string> Of(ChatCompletionRequest request)
    {
        var ignored = new IgnoredFieldNames();
        ignored.AddUnknown(request.Unknown);
        if (request.Modalities is { ValueKind: JsonValueKind.Array } modalities
            && modalities.EnumerateArray().Any(m => !m.ValueEquals("text")))
        {
            ignored.Add("modalities");
        }

        foreach (var message in request.Messages ?? [])
        {
            ignored.AddUnknown(message?.Unknown, "messages[].", EchoedMessageFields);
            if (message is { Name: not null, Role: not "function" })
            {
                ignored.Add("messages[].name");
            }
        }

        return ignored.Names;
    }
}
