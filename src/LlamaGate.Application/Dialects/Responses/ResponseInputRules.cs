using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Validation;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Which items there are and what each may hold; plain code, since it runs once for every item of a history.</summary>
internal static class ResponseInputRules
{
    public static RuleFailure? FirstFailure(CreateResponseRequest request)
    {
        var input = request.Input;
        if ((input is null or { Items.Count: 0 }) && request.PreviousResponseId is null)
        {
            return new("input", "input is required: a string or at least one item.");
        }

        for (var i = 0; i < (input?.Items?.Count ?? 0); i++)
        {
            if (CheckItem(input!.Items![i], $"input[{i}]") is { } failure)
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
            ResponseItemTypes.FunctionCall or ResponseItemTypes.CustomToolCall => CheckCall(item, path),
            ResponseItemTypes.FunctionCallOutput or ResponseItemTypes.CustomToolCallOutput or ResponseItemTypes.LocalShellCallOutput =>
                CheckOutput(item, path),
            ResponseItemTypes.ShellCall or ResponseItemTypes.LocalShellCall => CheckCallId(item, path),
            ResponseItemTypes.ShellCallOutput => CheckCallId(item, path) ?? CheckShellOutput(item, path),
            ResponseItemTypes.Reasoning => CheckThoughts(item, path),
            ResponseItemTypes.AdditionalTools => ResponseToolRules.CheckAll(item.Tools, $"{path}.tools"),
            ResponseItemTypes.ConfigurationUpdate => ResponseTextRules.Format(item.Text, $"{path}.text.format"),
            ResponseItemTypes.ItemReference when string.IsNullOrEmpty(item.Id) =>
                new($"{path}.id", "An item_reference needs the id of the item that it refers to."),
            ResponseItemTypes.CompactionTrigger => new(
                $"{path}.type",
                "This gateway does not compact conversations. In Codex, do not name the provider \"OpenAI\": it then compacts with "
                + "an ordinary request."),
            null => new($"{path}.type", "An item needs a type, or a role if it is a message."),
            // Of other types too: clients give back items of tools that only OpenAI has, and the conversation must go on.
            _ => null,
        };

    private static RuleFailure? CheckMessage(ResponseInputItem item, string path)
    {
        if (item.Role is not ("system" or "developer" or "user" or "assistant"))
        {
            return new($"{path}.role", "role must be system, developer, user or assistant.");
        }

        // An assistant may have been stopped before it said anything.
        return item.Role is not "assistant" && item.Content is null or { Parts.Count: 0 }
            ? new($"{path}.content", "content needs a string or at least one part.")
            : CheckContent(item.Content, item.Role, $"{path}.content");
    }

    private static RuleFailure? CheckCall(ResponseInputItem item, string path) => CheckCallId(item, path)
        ?? (string.IsNullOrEmpty(item.Name) ? new($"{path}.name", "A call needs the name of its function or tool.") : null);

    private static RuleFailure? CheckCallId(ResponseInputItem item, string path)
    {
        if (!string.IsNullOrEmpty(ResponseItemTypes.CallOf(item)))
        {
            return null;
        }

        return new($"{path}.call_id", ResponseItemTypes.IsCall(item.Type)
            ? "A call needs its call_id."
            : "An output needs call_id, the id of the call it answers.");
    }

    private static RuleFailure? CheckOutput(ResponseInputItem item, string path) =>
        CheckCallId(item, path) ?? CheckContent(item.Output, ResponseHistoryParts.Tool, $"{path}.output");

    private static RuleFailure? CheckShellOutput(ResponseInputItem item, string path)
    {
        for (var i = 0; i < (item.Output?.Parts?.Count ?? 0); i++)
        {
            if (item.Output!.Parts![i] is null)
            {
                return new($"{path}.output[{i}]", "An output of a shell must be an object.");
            }
        }

        return null;
    }

    private static RuleFailure? CheckThoughts(ResponseInputItem item, string path)
    {
        for (var i = 0; i < (item.Summary?.Count ?? 0); i++)
        {
            if (item.Summary![i] is not { Type: "summary_text", Text: not null })
            {
                return new($"{path}.summary[{i}]", "Each summary part must be a summary_text with text.");
            }
        }

        return null;
    }

    private static RuleFailure? CheckContent(ResponseContent? content, string role, string path)
    {
        for (var i = 0; i < (content?.Parts?.Count ?? 0); i++)
        {
            if (CheckPart(content!.Parts![i], role, $"{path}[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static RuleFailure? CheckPart(ResponseContentPart? part, string role, string path) => part switch
    {
        _ when role is ResponseHistoryParts.Tool or "assistant" => null,
        { Type: "input_text" or "output_text", Text: not null } => null,
        { Type: "input_text" or "output_text" } => new($"{path}.text", "A text part needs its text."),
        { Type: "input_image" } when role is "user" => CheckImage(part, path),
        { Type: "input_image" } => new($"{path}.type", "Images are allowed only in a user message or a tool's output."),
        { Type: "input_file" or "input_audio" } => new(
            $"{path}.type",
            $"{part.Type} parts are not supported; use input_text or input_image.",
            GatewayError.UnsupportedContentPart),
        _ => new($"{path}.type", "A part's type must be input_text, output_text or input_image."),
    };

    private static RuleFailure? CheckImage(ResponseContentPart part, string path) => ImageDataUri.Fault(part.ImageUrl) is { } fault
        ? new($"{path}.image_url", fault, GatewayError.UnsupportedImageUrl)
        : null;
}
