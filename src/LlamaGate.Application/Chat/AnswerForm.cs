using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Domain.Chat;

namespace LlamaGate.Application.Chat;

/// <summary>What the request says about the form of its answer, beyond what the model is asked.</summary>
/// <param name="UsesFunctions">Tools were offered in the older form, so that a call comes back as <c>function_call</c>.</param>
/// <param name="OneCall">At most one call is wanted.</param>
internal readonly record struct AnswerForm(bool UsesFunctions, bool OneCall)
{
    public static AnswerForm Of(ChatCompletionRequest request)
    {
        var usesFunctions = request.Functions is { Count: > 0 };
        return new AnswerForm(usesFunctions, usesFunctions || request.ParallelToolCalls is false);
    }

    /// <summary>The calls that may be given, when so many have been given before.</summary>
    public IReadOnlyList<ToolCall> Limit(IReadOnlyList<ToolCall> calls, int alreadyGiven)
    {
        if (!OneCall || calls.Count == 0)
        {
            return calls;
        }

        return alreadyGiven > 0 ? [] : [calls[0]];
    }
}
