using System.Text.Json;
using FluentValidation;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Chat;

/// <summary>OpenAI's rules for a chat. The first failure ends it, since a caller is told of one.</summary>
internal sealed class ChatCompletionRequestValidator : AbstractValidator<ChatCompletionRequest>
{
    public ChatCompletionRequestValidator()
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        RuleFor(r => r.Model).IsModelName();
        RuleFor(r => r.Messages).Custom(ChatMessageRules.Check);
        RuleFor(r => r.Temperature).WithinRange("temperature", 0, 2);
        RuleFor(r => r.TopP).WithinRange("top_p", 0, 1);
        RuleFor(r => r.FrequencyPenalty).WithinRange("frequency_penalty", -2, 2);
        RuleFor(r => r.PresencePenalty).WithinRange("presence_penalty", -2, 2);
        RuleFor(r => r.MaxCompletionTokens).WithinRange("max_completion_tokens", 1, int.MaxValue);
        RuleFor(r => r.MaxTokens).WithinRange("max_tokens", 1, int.MaxValue);
        RuleFor(r => r.N).WithinRange("n", 1, 8);
        RuleFor(r => r.TopLogprobs).WithinRange("top_logprobs", 0, 20);
        RuleFor(r => r).Custom(CheckSampling);
        RuleFor(r => r.ReasoningEffort).IsReasoningEffort("reasoning_effort");
        RuleFor(r => r.ResponseFormat).Custom(CheckResponseFormat);
        RuleFor(r => r).Custom(ToolRules.Check);
        RuleFor(r => r.Stop).IsStopList();
        RuleFor(r => r.Think).IsThinkSetting();
        RuleFor(r => r.KeepAlive).IsKeepAlive();
        RuleFor(r => r.Options).IsOptionsObject();
    }

    private static void CheckSampling(ChatCompletionRequest request, ValidationContext<ChatCompletionRequest> context)
    {
        if (request.TopLogprobs is not null && request.Logprobs is not true)
        {
            context.Fail("top_logprobs", "top_logprobs needs logprobs to be true.");
        }
    }

    private static void CheckResponseFormat(ResponseFormatParam? format, ValidationContext<ChatCompletionRequest> context)
    {
        if (format is null)
        {
            return;
        }

        if (format.Type is not (ResponseFormatParam.Text or ResponseFormatParam.JsonObject or ResponseFormatParam.Schema))
        {
            context.Fail("response_format.type", "response_format.type must be text, json_object or json_schema.");
        }
        else if (format.Type == ResponseFormatParam.Schema && format.JsonSchema?.Schema is not { ValueKind: JsonValueKind.Object })
        {
            context.Fail("response_format.json_schema.schema", "A json_schema response format needs its schema, a JSON object.");
        }
    }
}
