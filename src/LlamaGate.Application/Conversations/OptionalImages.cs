using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Conversations;

/// <summary>The images of a conversation that a model which cannot see does without.</summary>
internal static class OptionalImages
{
    public static bool Has(ConversationBatch batch)
    {
        // Plain loops, since it runs for every request.
        foreach (var request in batch.Requests)
        {
            for (var i = 0; request.Prompt is ChatPrompt chat && i < chat.Messages.Count; i++)
            {
                if (Has(chat.Messages[i]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A note replaces each of them.</summary>
    public static ConversationBatch LeaveOut(ConversationBatch batch) =>
        batch with { Requests = [.. batch.Requests.Select(LeaveOut)] };

    private static ConversationRequest LeaveOut(ConversationRequest request) => request.Prompt is ChatPrompt chat
        ? request with { Prompt = chat with { Messages = [.. chat.Messages.Select(message => Has(message) ? LeaveOut(message) : message)] } }
        : request;

    private static Message LeaveOut(Message message) => message with
    {
        Content = [.. message.Content.Select(part => part is ImagePart { IsOptional: true } ? ImagePart.LeftOut : part)],
    };

    private static bool Has(Message message)
    {
        for (var i = 0; i < message.Content.Count; i++)
        {
            if (message.Content[i] is ImagePart { IsOptional: true })
            {
                return true;
            }
        }

        return false;
    }
}
