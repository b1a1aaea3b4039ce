using System.Text.Json;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The fields of a request that have no effect here, so that no part of a request is dropped silently.</summary>
public static class ResponseIgnoredFields
{
    /// <summary>What official clients send back of an answer, which has no effect anywhere.</summary>
    private static readonly string[] EchoedItemFields = ["status", "phase", "parsed_arguments", "environment", "max_output_length"];

    private static readonly string[] EchoedPartFields = ["annotations", "logprobs", "parsed", "detail"];

    public static IReadOnlyList<string> Of(CreateResponseRequest request, ResponseHistory history)
    {
        var ignored = new IgnoredFieldNames();
        ignored.AddUnknown(request.Unknown);
        AddSettings(request, history, ignored);
        AddTools(request.Tools, "tools[].", isNested: false, ignored);
        if (request.ToolChoice is not null && new ResponseTools(request, request.Input?.Items ?? []).HasNoEffect)
        {
            ignored.Add("tool_choice");
        }

        AddItems(request.Input?.Items ?? [], ignored);
        if (history.HasSkippedReference)
        {
            ignored.AddNamed("input[].", ResponseItemTypes.ItemReference);
        }

        return ignored.Names;
    }

    private static void AddTools(IEnumerable<ResponseTool?>? tools, string path, bool isNested, IgnoredFieldNames ignored)
    {
        foreach (var tool in tools ?? [])
        {
            if (!ResponseTools.CanOffer(tool, isNested))
            {
                ignored.AddNamed(path, tool?.Type ?? "");
                continue;
            }

            ignored.AddUnknown(tool!.Unknown, path, "environment");
            AddTools(tool.Tools, path + "tools[].", isNested: true, ignored);
        }
    }

    private static void AddItems(IEnumerable<ResponseInputItem?> items, IgnoredFieldNames ignored)
    {
        foreach (var item in items)
        {
            if (item?.Type is { } type && !ResponseItemTypes.IsKnown(type))
            {
                ignored.AddNamed("input[].", type);
                continue;
            }

            ignored.AddUnknown(item?.Unknown, "input[].", EchoedItemFields);
            AddChange(item, ignored);
            if (item?.Type == ResponseItemTypes.ShellCallOutput)
            {
                // Its parts are no content: what a command gave is read from all that they hold.
                continue;
            }

            AddParts(item?.Content?.Parts, item?.Role, "input[].content[].", ignored);
            AddParts(item?.Output?.Parts, ResponseHistoryParts.Tool, "input[].output[].", ignored);
        }
    }

    private static void AddChange(ResponseInputItem? item, IgnoredFieldNames ignored)
    {
        if (item?.Type == ResponseItemTypes.AdditionalTools)
        {
            AddTools(item.Tools, "input[].tools[].", isNested: false, ignored);
        }
        else if (item?.Type == ResponseItemTypes.ConfigurationUpdate)
        {
            AddReasoning(item.Reasoning, "input[].", ignored);
            ignored.AddUnknown(item.Text?.Unknown, "input[].text.");
        }
    }

    private static void AddReasoning(ResponseReasoning? reasoning, string path, IgnoredFieldNames ignored)
    {
        ignored.AddUnknown(reasoning?.Unknown, path + "reasoning.", "generate_summary");
        ignored.AddUnless(reasoning?.Effort is not { } effort || ThinkMapping.IsEffort(effort), path + "reasoning.effort");
    }

    private static void AddParts(
        IReadOnlyList<ResponseContentPart?>? parts, string? role, string path, IgnoredFieldNames ignored)
    {
        foreach (var part in parts ?? [])
        {
            if (ResponseHistoryParts.LeftOutName(role, part) is { } name)
            {
                ignored.AddNamed(path, name);
                continue;
            }

            ignored.AddUnknown(part?.Unknown, path, EchoedPartFields);
        }
    }

    private static void AddSettings(CreateResponseRequest request, ResponseHistory history, IgnoredFieldNames ignored)
    {
        AddReasoning(request.Reasoning, "", ignored);
        ignored.AddUnknown(request.Text?.Unknown, "text.");
        if (request.Include?.Any(name => name is not (ResponseInclude.Logprobs or ResponseInclude.Thoughts)) is true)
        {
            ignored.Add("include");
        }

        if (request.Store is true && !history.IsStoreTold)
        {
            ignored.Add("store");
        }

        if (request.Truncation == "auto")
        {
            ignored.Add("truncation");
        }

        if (request.StreamOptions is { ValueKind: JsonValueKind.Object } stream)
        {
            var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var member in stream.EnumerateObject())
            {
                members[member.Name] = member.Value;
            }

            StreamIgnoredFields.Add(ignored, members);
        }
    }
}
