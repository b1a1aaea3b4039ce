using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>
/// The members of a message that have no effect: unknown ones, and those that belong to another role or another kind of part. A
/// history that contains them is accepted, and they are listed.
/// </summary>
internal static class ChatMessageIgnoredFields
{
    /// <summary>Members of an answer that official clients send back, and that never have an effect.</summary>
    private static readonly string[] EchoedMessageFields = ["annotations", "parsed", "audio"];

    public static void Add(IgnoredFieldNames ignored, ChatCompletionRequestMessage message)
    {
        ignored.AddUnknown(message.Unknown, "messages[].", EchoedMessageFields);
        ignored.AddUnless(message.Name is null || message.Role == "function", "messages[].name");
        ignored.AddUnless(message.ToolCallId is null || message.Role == "tool", "messages[].tool_call_id");
        if (message.Role == "assistant")
        {
            ignored.AddUnless(message.FunctionCall is null || message.ToolCalls is null or { Count: 0 }, "messages[].function_call");
            ignored.AddUnless(message.Refusal is null || message.Content is null or { Parts.Count: 0 }, "messages[].refusal");
            AddCalls(ignored, message);
        }
        else
        {
            ignored.AddUnless(message.ToolCalls is null or { Count: 0 }, "messages[].tool_calls");
            ignored.AddUnless(message.FunctionCall is null, "messages[].function_call");
            ignored.AddUnless(message.Refusal is null, "messages[].refusal");
            ignored.AddUnless(message.ReasoningContent is null, "messages[].reasoning_content");
            ignored.AddUnless(message.Reasoning is null, "messages[].reasoning");
        }

        for (var i = 0; i < (message.Content?.Parts?.Count ?? 0); i++)
        {
            var part = message.Content!.Parts![i];
            if (ChatHistoryParts.LeftOutName(message.Role!, part) is { } name)
            {
                ignored.AddNamed("messages[].content[].", name);
            }
            else if (part is not null)
            {
                AddPart(ignored, part);
            }
        }
    }

    private static void AddCalls(IgnoredFieldNames ignored, ChatCompletionRequestMessage message)
    {
        for (var i = 0; i < (message.ToolCalls?.Count ?? 0); i++)
        {
            if (message.ToolCalls![i] is { } call && ChatTools.AsFunction(call) is null)
            {
                ignored.AddNamed("messages[].tool_calls[].", call.Type ?? "");
                continue;
            }

            ignored.AddUnless(message.ToolCalls[i]?.Custom is null || message.ToolCalls[i]?.Function is null, "messages[].tool_calls[].custom");
            ignored.AddUnknown(message.ToolCalls[i]?.Custom?.Unknown, "messages[].tool_calls[].custom.");
            // Clients that assemble a call from a stream keep its index.
            ignored.AddUnknown(message.ToolCalls[i]?.Unknown, "messages[].tool_calls[].", "index");
            ignored.AddUnknown(message.ToolCalls[i]?.Function?.Unknown, "messages[].tool_calls[].function.");
        }

        ignored.AddUnknown(message.FunctionCall?.Unknown, "messages[].function_call.");
    }

    private static void AddPart(IgnoredFieldNames ignored, MessageContentPart part)
    {
        ignored.AddUnknown(part.Unknown, "messages[].content[].", "annotations", "parsed");
        ignored.AddUnknown(part.ImageUrl?.Unknown, "messages[].content[].image_url.");
        ignored.AddUnless(part.Text is null || part.Type == "text", "messages[].content[].text");
        ignored.AddUnless(part.Refusal is null || part.Type == "refusal", "messages[].content[].refusal");
        ignored.AddUnless(part.ImageUrl is null || part.Type == "image_url", "messages[].content[].image_url");
    }
}
