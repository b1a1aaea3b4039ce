using System.Text.Json;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Completions;

/// <summary>The domain's answer → OpenAI's <c>text_completion</c>.</summary>
/// <param name="request">Valid.</param>
public sealed class CompletionWriter(CreateCompletionRequest request, TimeProvider timeProvider) : IAnswerWriter
{
    public void Write(Utf8JsonWriter json, ConversationAnswer answer) =>
        JsonSerializer.Serialize(json, ToWire(answer), CompletionsJsonContext.Instance.Completion);

    internal Completion ToWire(ConversationAnswer answer) => NewCompletion(request, timeProvider) with
    {
        Choices = [.. answer.Choices.Select(ToChoice)],
        Usage = new ChunkUsage(CompletionUsage.Of(answer.Usage)),
    };

    /// <summary>A completion without choices and usage.</summary>
    internal static Completion NewCompletion(CreateCompletionRequest request, TimeProvider timeProvider) => new()
    {
        Id = "cmpl-" + RandomIds.New(),
        Created = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
        // Not null: the validator refuses a completion without a model.
        Model = request.Model!,
        Choices = [],
    };

    internal static string ToFinishReason(FinishReason? reason) => reason == FinishReason.Length ? "length" : "stop";

    private CompletionChoice ToChoice(AnswerChoice answer, int index) => new()
    {
        Text = request.Echo is true ? request.Prompt!.Texts[index / (request.N ?? 1)] + answer.Content : answer.Content,
        Index = index,
        Logprobs = request.Logprobs is { } top && answer.Logprobs is { } tokens
            ? CompletionLogprobsMapping.ToLogprobs(
                answer.Thinking is null ? tokens : ContentTokens.Of(tokens, answer.Content), top, offset: 0)
            : null,
        FinishReason = ToFinishReason(answer.FinishReason),
        Reasoning = answer.Thinking,
    };
}
