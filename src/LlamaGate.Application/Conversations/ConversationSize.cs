using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>Estimates how much memory answers use, in bytes.</summary>
internal static class ConversationSize
{
    /// <summary>Objects, references and the key of a cached answer, in addition to its contents.</summary>
    private const int Answer = 1024;

    /// <summary>An update and the node that holds it.</summary>
    private const int Update = 160;

    /// <summary>A token's probability: an object, a short text, a list of its bytes.</summary>
    private const int Logprob = 192;

    private const int Call = 128;

    public static long Of(ConversationAnswer answer) => Answer + answer.Choices.Sum(choice =>
        Of(choice.Content) + Of(choice.Thinking) + Of(choice.ToolCalls) + Of(choice.Logprobs));

    public static long Of(ConversationUpdate update) =>
        Update + Of(update.Content) + Of(update.Thinking) + Of(update.ToolCalls) + Of(update.Logprobs);

    private static long Of(string? text) => sizeof(char) * (long)(text?.Length ?? 0);

    private static long Of(IReadOnlyList<ToolCall> calls)
    {
        var size = 0L;
        foreach (var call in calls)
        {
            size += Call + Of(call.Name) + Of(call.Arguments);
        }

        return size;
    }

    private static long Of(IReadOnlyList<TokenLogprob>? tokens) =>
        tokens?.Sum(token => Logprob * (1L + token.TopLogprobs.Count)) ?? 0;
}
