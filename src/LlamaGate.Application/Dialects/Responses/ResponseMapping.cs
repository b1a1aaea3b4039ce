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
    public static ConversationBatch ToBatch(CreateResponseRequest request, ResponseHistory history, DomainMapper mapper)
    {
        var configuration = ResponseConfiguration.Of(request, history.Input);
        var logprobs = request.TopLogprobs > 0 || ResponseInclude.Has(request, ResponseInclude.Logprobs);
        return new ConversationBatch(new ConversationRequest(
            mapper.ToModel(request.Model!), ToPrompt(request, history, configuration), ToOptions(request))
        {
            Think = ThinkMapping.ToThinkLevel(request.Think, configuration.Effort),
            // A program that sends Ollama's own field means it.
            IsThinkOptional = configuration.Effort is not null && request.Think is null,
            KeepAlive = request.KeepAlive,
            Logprobs = logprobs ? true : null,
            TopLogprobs = logprobs ? request.TopLogprobs : null,
            Priority = ServiceTier.ToPriority(request.ServiceTier),
        });
    }

    private static ChatPrompt ToPrompt(CreateResponseRequest request, ResponseHistory history, ResponseConfiguration configuration) =>
        new(NothingLeft.Check(ResponseInputMapping.ToMessages(request.Instructions, history.Input), "input"))
        {
            Tools = history.Tools.Offered,
            MustCall = ToolChoiceMapping.MustCall(history.Tools.Choice),
            Format = ToFormat(configuration.Format),
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
