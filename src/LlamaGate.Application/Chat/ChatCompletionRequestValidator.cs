using System.Text.Json;
using FluentValidation;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Chat;

/// <summary>OpenAI's rules for a chat. The first failure ends it, since a caller is told of one.</summary>
internal sealed class ChatCompletionRequestValidator : AbstractValidator<ChatCompletionRequest>
{
    private const int MostStopSequences = 4;

    private static readonly string[] ReasoningEfforts = ["none", "minimal", "low", "medium", "high", "xhigh"];

    private static readonly string[] ThinkLevels = ["low", "medium", "high", "max"];

    public ChatCompletionRequestValidator()
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        RuleFor(r => r.Model).Custom((model, context) =>
        {
            if (string.IsNullOrWhiteSpace(model))
            {
                context.Fail("model", "model is required: the name of a model as GET /v1/models lists it.");
            }
        });
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
        RuleFor(r => r.ResponseFormat).Custom(CheckResponseFormat);
        RuleFor(r => r).Custom(ToolRules.Check);
        RuleFor(r => r).Custom(CheckVendorFields);
    }

    private static void CheckSampling(ChatCompletionRequest request, ValidationContext<ChatCompletionRequest> context)
    {
        if (request.Stop?.Count > MostStopSequences)
        {
            context.Fail("stop", $"stop takes at most {MostStopSequences} sequences.");
        }
        else if (request.TopLogprobs is not null && request.Logprobs is not true)
        {
            context.Fail("top_logprobs", "top_logprobs needs logprobs to be true.");
        }
        else if (request.ReasoningEffort is { } effort && !ReasoningEfforts.Contains(effort))
        {
            context.Fail("reasoning_effort", $"reasoning_effort must be one of {string.Join(", ", ReasoningEfforts)}.");
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

    private static void CheckVendorFields(ChatCompletionRequest request, ValidationContext<ChatCompletionRequest> context)
    {
        if (request.Think is { } think && !IsThinkSetting(think))
        {
            context.Fail("think", $"think must be true, false or one of {string.Join(", ", ThinkLevels)}.");
        }
        else if (request.KeepAlive is { ValueKind: not (JsonValueKind.Number or JsonValueKind.String) })
        {
            context.Fail("keep_alive", "keep_alive must be a number of seconds or a duration such as \"10m\".");
        }
        else if (request.Options is { ValueKind: not JsonValueKind.Object })
        {
            context.Fail("options", "options must be an object of Ollama's options.");
        }
    }

    private static bool IsThinkSetting(JsonElement think) => think.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => true,
        JsonValueKind.String => ThinkLevels.Contains(think.GetString()),
        _ => false,
    };
}
