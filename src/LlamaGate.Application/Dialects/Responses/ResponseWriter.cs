using System.Text.Json;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Responses.Contracts;

namespace LlamaGate.Application.Responses;

/// <summary>A response before anything was answered: what the request says of it.</summary>
internal static class ResponseTemplate
{
    private static readonly ResponseTextFormat PlainText = new() { Type = ResponseFormatParam.Text };

    private static readonly JsonElement NoMetadata = JsonElement.Parse("{}");

    /// <param name="request">Valid.</param>
    /// <param name="createdAt">Unix seconds.</param>
    public static ResponseObject Of(CreateResponseRequest request, long createdAt) => new()
    {
        Id = "resp_" + RandomIds.New(),
        CreatedAt = createdAt,
        Status = ResponseObject.InProgress,
        Instructions = request.Instructions,
        MaxOutputTokens = request.MaxOutputTokens,
        Model = request.Model!,
        Output = [],
        ParallelToolCalls = request.ParallelToolCalls is not false,
        PromptCacheKey = request.PromptCacheKey,
        Reasoning = new ResponseReasoningSettings { Effort = request.Reasoning?.Effort, Summary = request.Reasoning?.Summary },
        SafetyIdentifier = request.SafetyIdentifier,
        Temperature = request.Temperature,
        Text = new ResponseTextParam { Format = request.Text?.Format ?? PlainText },
        ToolChoice = request.ToolChoice ?? new ToolChoice(ToolChoice.Auto),
        Tools = request.Tools ?? [],
        TopLogprobs = request.TopLogprobs ?? 0,
        TopP = request.TopP,
        User = request.User,
        Metadata = request.Metadata ?? NoMetadata,
    };
}
