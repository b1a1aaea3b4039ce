using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>OpenAI's request → the domain's. The request is valid.</summary>
internal static class ResponseMapping
{
    /// <summary>The one word of <c>include</c> that has an effect.</summary>
    public const string IncludeLogprobs = "message.output_text.logprobs";

    /// <param name="input">The whole conversation; no item is a reference.</param>
    public static ConversationBatch ToBatch(
        CreateResponseRequest request, IReadOnlyList<ResponseInputItem> input, DomainMapper mapper)
    {
        var logprobs = request.TopLogprobs > 0 || request.Include?.Contains(IncludeLogprobs, StringComparer.Ordinal) is true;
        return new ConversationBatch(new ConversationRequest(
            mapper.ToModel(request.Model!), ToPrompt(request, input), ToOptions(request))
        {
            Think = ThinkMapping.ToThinkLevel(request.Think, request.Reasoning?.Effort),
            // A program that sends Ollama's own field means it.
            IsThinkOptional = request.Reasoning?.Effort is not null && request.Think is null,
            KeepAlive = request.KeepAlive,
            Logprobs = logprobs ? true : null,
            TopLogprobs = logprobs ? request.TopLogprobs : null,
        });
    }

    private static ChatPrompt ToPrompt(CreateResponseRequest request, IReadOnlyList<ResponseInputItem> input) =>
        new(ResponseInputMapping.ToMessages(request.Instructions, input))
        {
            Tools = ResponseTools.Offered(request),
            MustCall = ToolChoiceMapping.MustCall(ResponseTools.Choice(request)),
            Format = ToFormat(request.Text?.Format),
        };

    private static GenerationOptions ToOptions(CreateResponseRequest request) => new()
    {
        Temperature = request.Temperature,
        TopP = request.TopP,
        MaxTokens = request.MaxOutputTokens,
        Vendor = request.Options,
    };

    private static ResponseFormat? ToFormat(ResponseTextFormat? format) => format?.Type switch
    {
        ResponseFormatTypes.JsonObject => new ResponseFormat(null),
        ResponseFormatTypes.Schema => new ResponseFormat(format.Schema),
        _ => null,
    };
}
