using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Validation;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Which items there are and what each may hold; plain code, since it runs once for every item of a history.</summary>
internal static class ResponseInputRules
{
    private const string NoMemory = "This gateway is stateless and stores no items: send the item itself.";

    public static RuleFailure? FirstFailure(ResponseInput? input)
    {
        if (input is null or { Items.Count: 0 })
        {
            return new("input", "input is required: a text or at least one item.");
        }

        for (var i = 0; i < (input.Items?.Count ?? 0); i++)
        {
            if (CheckItem(input.Items![i], $"input[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static RuleFailure? CheckItem(ResponseInputItem? item, string path) => item is null
        ? new(path, "An item must be an object.")
        : ResponseItemTypes.Of(item) switch
        {
            ResponseItemTypes.Message => CheckMessage(item, path),
            ResponseItemTypes.FunctionCall => CheckCall(item, path),
            ResponseItemTypes.FunctionCallOutput => CheckOutput(item, path),
            ResponseItemTypes.Reasoning => CheckThoughts(item, path),
            ResponseItemTypes.ItemReference => new($"{path}.type", NoMemory),
            _ => new($"{path}.type", "An item's type must be message, function_call, function_call_output or reasoning."),
        };

    private static RuleFailure? CheckMessage(ResponseInputItem item, string path)
    {
        if (item.Role is not ("system" or "developer" or "user" or "assistant"))
        {
            return new($"{path}.role", "role must be system, developer, user or assistant.");
        }

        return CheckContent(item.Content, item.Role, $"{path}.content");
    }

    private static RuleFailure? CheckCall(ResponseInputItem item, string path)
    {
        if (string.IsNullOrEmpty(item.CallId))
        {
            return new($"{path}.call_id", "A function_call needs its call_id.");
        }

        if (string.IsNullOrEmpty(item.Name))
        {
            return new($"{path}.name", "A function_call needs its function's name.");
        }

        return ToolArguments.IsObject(item.Arguments)
            ? null
            : new($"{path}.arguments", "arguments must be a JSON object written as a string.");
    }

    private static RuleFailure? CheckOutput(ResponseInputItem item, string path) => string.IsNullOrEmpty(item.CallId)
        ? new($"{path}.call_id", "A function_call_output needs call_id, the id of the call it answers.")
        : CheckContent(item.Output, "tool", $"{path}.output");

    private static RuleFailure? CheckThoughts(ResponseInputItem item, string path)
    {
        for (var i = 0; i < (item.Summary?.Count ?? 0); i++)
        {
            if (item.Summary![i] is not { Type: "summary_text", Text: not null })
            {
                return new($"{path}.summary[{i}]", "A summary is made of summary_text parts with their text.");
            }
        }

        return null;
    }

    private static RuleFailure? CheckContent(ResponseContent? content, string role, string path)
    {
        if (content is null or { Parts.Count: 0 })
        {
            return new(path, "This needs a text or at least one part.");
        }

        for (var i = 0; i < (content.Parts?.Count ?? 0); i++)
        {
            if (CheckPart(content.Parts![i], role, $"{path}[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static RuleFailure? CheckPart(ResponseContentPart? part, string role, string path) => part switch
    {
        { Type: "input_text" or "output_text", Text: not null } => null,
        { Type: "input_text" or "output_text" } => new($"{path}.text", "A text part needs its text."),
        { Type: "refusal", Refusal: not null } when role == "assistant" => null,
        { Type: "input_image" } when role == "user" => CheckImage(part, path),
        { Type: "input_image" } => new($"{path}.type", "Images belong in a user's message."),
        { Type: "input_file" or "input_audio" } => new(
            $"{path}.type",
            $"Ollama takes no {part.Type} parts; input_text and input_image are possible.",
            GatewayError.UnsupportedContentPart),
        _ => new($"{path}.type", "A part's type must be input_text, output_text or input_image."),
    };

    private static RuleFailure? CheckImage(ResponseContentPart part, string path) => ImageDataUri.Fault(part.ImageUrl) is { } fault
        ? new($"{path}.image_url", fault, GatewayError.UnsupportedImageUrl)
        : null;
}
