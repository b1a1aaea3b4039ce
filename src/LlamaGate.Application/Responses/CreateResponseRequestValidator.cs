using System.Text.Json;
using FluentValidation;
using LlamaGate.Application.Chat;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Responses.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Responses;

/// <summary>OpenAI's rules for a response, and what a gateway without a memory cannot do. The first failure ends it.</summary>
internal sealed class CreateResponseRequestValidator : AbstractValidator<CreateResponseRequest>
{
    public CreateResponseRequestValidator()
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        RuleFor(r => r.Model).IsModelName();
        RuleFor(r => r).Custom(CheckMemory);
        RuleFor(r => r.Input).Custom(ResponseInputRules.Check);
        RuleFor(r => r.Temperature).WithinRange("temperature", 0, 2);
        RuleFor(r => r.TopP).WithinRange("top_p", 0, 1);
        RuleFor(r => r.MaxOutputTokens).WithinRange("max_output_tokens", 1, int.MaxValue);
        RuleFor(r => r.TopLogprobs).WithinRange("top_logprobs", 0, 20);
        RuleFor(r => r.Reasoning == null ? null : r.Reasoning.Effort).IsReasoningEffort("reasoning.effort");
        RuleFor(r => r.Text).Custom(CheckFormat);
        RuleFor(r => r).Custom(CheckTools);
        RuleFor(r => r).Custom(CheckEchoed);
        RuleFor(r => r.Think).IsThinkSetting();
        RuleFor(r => r.KeepAlive).IsKeepAlive();
        RuleFor(r => r.Options).IsOptionsObject();
    }

    private static void CheckMemory(CreateResponseRequest request, ValidationContext<CreateResponseRequest> context)
    {
        if (request.PreviousResponseId is not null)
        {
            context.Fail(
                "previous_response_id",
                "This gateway is stateless and stores no responses: send the conversation so far as input items.");
        }
        else if (request.Conversation is not null)
        {
            context.Fail(
                "conversation", "This gateway is stateless and keeps no conversations: send the conversation so far as input items.");
        }
        else if (request.Prompt is not null)
        {
            context.Fail("prompt", "This gateway keeps no prompt templates: send instructions and input.");
        }
        else if (request.Background is true)
        {
            context.Fail("background", "This gateway stores no responses, so that none can be made in the background.");
        }
    }

    private static void CheckFormat(ResponseTextParam? text, ValidationContext<CreateResponseRequest> context)
    {
        if (text?.Format is not { } format)
        {
            return;
        }

        if (format.Type is not (ResponseFormatParam.Text or ResponseFormatParam.JsonObject or ResponseFormatParam.Schema))
        {
            context.Fail("text.format.type", "text.format.type must be text, json_object or json_schema.");
        }
        else if (format.Type == ResponseFormatParam.Schema && format.Schema is not { ValueKind: JsonValueKind.Object })
        {
            context.Fail("text.format.schema", "A json_schema format needs its schema, a JSON object.");
        }
    }

    private static void CheckTools(CreateResponseRequest request, ValidationContext<CreateResponseRequest> context)
    {
        for (var i = 0; i < (request.Tools?.Count ?? 0); i++)
        {
            var tool = request.Tools![i];
            if (tool?.Type != ToolChoice.Function)
            {
                context.Fail($"tools[{i}].type", "A tool's type must be function: there are no built-in or custom tools here.");
                return;
            }

            if (!ToolRules.CheckFunction(tool.Name, tool.Parameters, $"tools[{i}]", context))
            {
                return;
            }
        }

        ToolRules.CheckChoice(request.ToolChoice, "tool_choice", request.Tools?.Select(tool => tool?.Name).ToList(), context);
    }

    /// <summary>What is only given back must be what clients read there.</summary>
    private static void CheckEchoed(CreateResponseRequest request, ValidationContext<CreateResponseRequest> context)
    {
        if (request.Metadata is { } metadata
            && (metadata.ValueKind != JsonValueKind.Object
                || metadata.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.String)))
        {
            context.Fail("metadata", "metadata must be an object of strings.");
        }
        else if (request.Truncation is not (null or "auto" or "disabled"))
        {
            context.Fail("truncation", "truncation must be auto or disabled.");
        }
    }
}
