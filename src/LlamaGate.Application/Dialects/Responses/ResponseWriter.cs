using System.Text.Json;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The domain's answer → OpenAI's response.</summary>
/// <param name="request">Valid.</param>
/// <param name="history">Of the request; it keeps the response.</param>
public sealed class ResponseWriter(CreateResponseRequest request, ResponseHistory history, TimeProvider timeProvider) : IAnswerWriter
{
    private static readonly ResponseTextFormat PlainText = new() { Type = ResponseFormatTypes.Text };

    private static readonly JsonElement NoMetadata = JsonElement.Parse("{}");

    private readonly ResponseObject _begun = Begin(request, history, timeProvider);

    public void Write(Utf8JsonWriter json, ConversationAnswer answer) =>
        JsonSerializer.Serialize(json, ToWire(answer), ResponsesJsonContext.Instance.ResponseObject);

    internal ResponseObject ToWire(ConversationAnswer answer)
    {
        var choice = answer.Choices[0];
        var response = End(_begun, ToOutput(choice), choice.FinishReason, answer.Usage, timeProvider);
        history.Keep(response);
        return response;
    }

    /// <summary>The response before it has any output.</summary>
    internal static ResponseObject Begin(CreateResponseRequest request, ResponseHistory history, TimeProvider timeProvider) => new()
    {
        Id = "resp_" + RandomIds.New(),
        CreatedAt = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
        Status = ResponseObject.InProgress,
        Instructions = request.Instructions,
        MaxOutputTokens = request.MaxOutputTokens,
        // Not null: the validator lets no request without a model pass.
        Model = request.Model!,
        Output = [],
        ParallelToolCalls = request.ParallelToolCalls is not false,
        PreviousResponseId = request.PreviousResponseId,
        PromptCacheKey = request.PromptCacheKey,
        Reasoning = new ResponseReasoningSettings { Effort = request.Reasoning?.Effort, Summary = request.Reasoning?.Summary },
        SafetyIdentifier = request.SafetyIdentifier,
        Store = history.IsStoreTold,
        Temperature = request.Temperature,
        Text = new ResponseTextParam { Format = request.Text?.Format ?? PlainText },
        ToolChoice = request.ToolChoice is { } choice && !history.Tools.HasNoEffect ? choice : new ResponseToolChoice(ToolChoice.Auto),
        Tools = [.. (request.Tools ?? []).Where(tool => ResponseTools.CanOffer(tool, isNested: false)).Select(tool => tool!.Echo())],
        TopLogprobs = request.TopLogprobs ?? 0,
        TopP = request.TopP,
        User = request.User,
        Metadata = request.Metadata ?? NoMetadata,
    };

    /// <summary>The response when its output is complete.</summary>
    internal static ResponseObject End(
        ResponseObject begun,
        IReadOnlyList<ResponseOutputItem> output,
        FinishReason? reason,
        TokenUsage? usage,
        TimeProvider timeProvider)
    {
        var isCut = reason == FinishReason.Length;
        return begun with
        {
            Status = ResponseObject.EndStatus(isCut),
            CompletedAt = isCut ? null : timeProvider.GetUtcNow().ToUnixTimeSeconds(),
            IncompleteDetails = isCut ? new IncompleteDetails("max_output_tokens") : null,
            Output = output,
            Usage = usage is null ? null : ResponseUsage.Of(usage),
        };
    }

    private List<ResponseOutputItem> ToOutput(AnswerChoice choice)
    {
        var isCut = choice.FinishReason == FinishReason.Length;
        var calls = new CallLimit(request.ParallelToolCalls is false).Take(choice.ToolCalls);
        var output = new List<ResponseOutputItem>();
        if (choice.Thinking is { } thinking)
        {
            var isLast = choice.Content.Length == 0 && calls.Count == 0;
            output.Add(ResponseReasoningItem.Begin().End(
                thinking, ResponseObject.EndStatus(isCut && isLast), ResponseInclude.Has(request, ResponseInclude.Thoughts)));
        }

        // An answer that was not cut has an item for it, if an empty one.
        if (choice.Content.Length > 0 || (calls.Count == 0 && !isCut))
        {
            var status = ResponseObject.EndStatus(isCut && calls.Count == 0);
            output.Add(ResponseOutputMessage.Begin().End(choice.Content, ToLogprobs(choice), status));
        }

        output.AddRange(calls.Select(call => ResponseCall.Begin(call, history.Tools.Find(call.Name)).End(call, isCut)));
        return output;
    }

    /// <summary>The log probabilities of thinking have no place in a response.</summary>
    private static IReadOnlyList<ChatTokenLogprob> ToLogprobs(AnswerChoice choice) => choice switch
    {
        { Content.Length: 0 } or { Logprobs: null } => [],
        { Thinking: null } => TokenLogprobs.ToWire(choice.Logprobs)!,
        _ => TokenLogprobs.ToWire(ContentTokens.Of(choice.Logprobs, choice.Content))!,
    };
}
