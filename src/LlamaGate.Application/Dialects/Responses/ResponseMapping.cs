using LlamaGate.Application.Chat;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Responses.Contracts;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Responses;

/// <summary>OpenAI's request → the domain's chat. The request is valid.</summary>
internal static class ResponseMapping
{
    /// <summary>What of <c>include</c> the gateway can give.</summary>
    public const string IncludeLogprobs = "message.output_text.logprobs";

    /// <summary>The question as the request alone tells it.</summary>
    public static ChatQuestion ToQuestion(CreateResponseRequest request) => new(
        ToDomain(request),
        new AnswerForm(UsesFunctions: false, OneCall: request.ParallelToolCalls is false),
        Choices: 1,
        MustCall: false);

    internal static ChatRequest ToDomain(CreateResponseRequest request)
    {
        var logprobs = request.TopLogprobs > 0 || request.Include?.Contains(IncludeLogprobs, StringComparer.Ordinal) is true;
        return new ChatRequest(request.Model!, ResponseInputMapping.ToMessages(request), ToOptions(request))
        {
            Tools = request.ToolChoice?.Mode == ToolChoice.None ? [] : ToTools(request.Tools),
            Format = ToFormat(request.Text?.Format),
            Think = ThinkMapping.ToThinkLevel(request.Think, request.Reasoning?.Effort),
            KeepAlive = request.KeepAlive,
            Logprobs = logprobs ? true : null,
            TopLogprobs = logprobs ? request.TopLogprobs : null,
        };
    }

    private static GenerationOptions ToOptions(CreateResponseRequest request) => new()
    {
        Temperature = request.Temperature,
        TopP = request.TopP,
        MaxTokens = request.MaxOutputTokens,
        Vendor = request.Options,
    };

    private static IReadOnlyList<ToolDefinition> ToTools(IReadOnlyList<ResponseTool?>? tools) =>
        tools is null ? [] : [.. tools.Select(tool => new ToolDefinition(tool!.Name!, tool.Description, tool.Parameters))];

    private static ResponseFormat? ToFormat(ResponseTextFormat? format) => format?.Type switch
    {
        ResponseFormatParam.JsonObject => new ResponseFormat(null),
        ResponseFormatParam.Schema => new ResponseFormat(format.Schema),
        _ => null,
    };
}
