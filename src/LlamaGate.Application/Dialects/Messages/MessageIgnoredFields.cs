using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>The parts of a request that have no effect here, so that no part of a request is dropped silently.</summary>
public static class MessageIgnoredFields
{
    /// <summary>Hints that change nothing of an answer.</summary>
    private static readonly string[] BlockHints = ["cache_control", "citations", "context", "caller"];

    private static readonly string[] ToolHints = ["cache_control", "eager_input_streaming", "strict"];

    public static IReadOnlyList<string> Of(MessagePrompt request)
    {
        var ignored = new IgnoredFieldNames();
        ignored.AddUnknown(request.Unknown);
        AddSettings(ignored, request);
        AddTools(ignored, request);
        AddBlocks(ignored, role: null, request.System, "system[].");
        foreach (var message in request.Messages ?? [])
        {
            ignored.AddUnknown(message?.Unknown, "messages[].");
            AddBlocks(ignored, message?.Role, message?.Content, "messages[].content[].");
        }

        return ignored.Names;
    }

    private static void AddSettings(IgnoredFieldNames ignored, MessagePrompt request)
    {
        ignored.AddUnknown(request.Thinking?.Unknown, "thinking.");
        ignored.AddUnknown(request.OutputConfig?.Unknown, "output_config.");
        ignored.AddUnknown(request.ToolChoice?.Unknown, "tool_choice.");
        var effort = request.OutputConfig?.Effort;
        ignored.AddUnless(
            effort is null || (ThinkMapping.IsEffort(effort) && request.Thinking?.Type is "enabled" or "adaptive"), "output_config.effort");
        ignored.AddUnless(!MessageTools.IsChoiceForeign(request) || MessageTools.HasForeignOnly(request), "tool_choice");
    }

    private static void AddTools(IgnoredFieldNames ignored, MessagePrompt request)
    {
        foreach (var tool in request.Tools ?? [])
        {
            AddTool(ignored, tool, "tools[].");
        }

        ignored.AddUnless(!MessageTools.HasUnknownAddition(request), "messages[].content[].tool.tool_reference");
    }

    private static void AddTool(IgnoredFieldNames ignored, MessageTool? tool, string path)
    {
        if (MessageTools.IsFunction(tool))
        {
            ignored.AddUnknown(tool?.Unknown, path, ToolHints);
        }
        else
        {
            ignored.AddNamed(path, tool!.Type!);
        }
    }

    private static void AddChange(IgnoredFieldNames ignored, MessageToolChange? change, string path)
    {
        switch (change?.Type)
        {
            case MessageToolChange.Reference:
                ignored.AddUnknown(change.Unknown, path);
                break;
            case MessageToolChange.ToolDefinition:
                ignored.AddUnknown(change.Unknown, path);
                AddTool(ignored, change.Definition, path + "definition.");
                break;
            default:
                ignored.AddNamed(path, change?.Type ?? "");
                break;
        }
    }

    private static void AddBlocks(IgnoredFieldNames ignored, string? role, MessageText? content, string path)
    {
        foreach (var block in content?.Blocks ?? [])
        {
            if (!BlockTypes.IsKnownIn(role, block?.Type))
            {
                ignored.AddNamed(path, block?.Type ?? "");
                continue;
            }

            if (block!.Type != BlockTypes.RedactedThinking)
            {
                ignored.AddUnknown(block.Unknown, path, BlockHints);
            }

            if (block.Type == BlockTypes.ToolResult)
            {
                AddResult(ignored, block, path + "content[].");
            }

            if (block.Type is BlockTypes.ToolAddition or BlockTypes.ToolRemoval)
            {
                AddChange(ignored, block.Tool, path + "tool.");
            }

            AddDocument(ignored, block, path + "source.content[].", BlockTypes.Text, BlockTypes.Image);
        }
    }

    /// <param name="known">The types of blocks that have an effect there.</param>
    private static void AddDocument(IgnoredFieldNames ignored, ContentBlock document, string path, params ReadOnlySpan<string> known)
    {
        foreach (var part in MessageDocuments.BlocksOf(document))
        {
            if (!known.Contains(part?.Type ?? ""))
            {
                ignored.AddNamed(path, part?.Type ?? "");
            }
        }
    }

    private static void AddResult(IgnoredFieldNames ignored, ContentBlock result, string path)
    {
        foreach (var part in result.Content?.Blocks ?? [])
        {
            if (!BlockTypes.IsKnownInResult(part?.Type)
                || (part!.Type == BlockTypes.Image && MessageImages.Fault(part.Source) is not null)
                || (part.Type == BlockTypes.Document && MessageDocuments.TextsOf(part) is null))
            {
                ignored.AddNamed(path, part?.Type ?? "");
            }
            else
            {
                AddDocument(ignored, part, path + "source.content[].", BlockTypes.Text);
            }
        }
    }
}
