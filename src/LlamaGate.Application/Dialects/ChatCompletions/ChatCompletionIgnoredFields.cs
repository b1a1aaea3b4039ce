using System.Text.Json;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>The fields of a request that have no effect here, so that no requested field is dropped silently.</summary>
/// <remarks>It runs for every request: nothing here may allocate for a request without such fields.</remarks>
public static class ChatCompletionIgnoredFields
{
    public static IReadOnlyList<string> Of(ChatCompletionRequest request)
    {
        var ignored = new IgnoredFieldNames();
        ignored.AddUnknown(request.Unknown);
        if (request.Modalities is { ValueKind: JsonValueKind.Array } modalities
            && modalities.EnumerateArray().Any(mode => mode.ValueKind is not JsonValueKind.String || !mode.ValueEquals("text")))
        {
            ignored.Add("modalities");
        }

        StreamIgnoredFields.Add(ignored, request.StreamOptions);
        AddEffort(ignored, request);
        AddFormat(ignored, request.ResponseFormat);
        AddTools(ignored, request);
        for (var i = 0; i < (request.Messages?.Count ?? 0); i++)
        {
            if (request.Messages![i] is { } message)
            {
                ChatMessageIgnoredFields.Add(ignored, message);
            }
        }

        return ignored.Names;
    }

    private static void AddEffort(IgnoredFieldNames ignored, ChatCompletionRequest request)
    {
        ignored.AddUnless(request.ReasoningEffort is not { } effort || ThinkMapping.IsEffort(effort), "reasoning_effort");
        switch (request.Reasoning)
        {
            case { ValueKind: JsonValueKind.Object } reasoning:
                foreach (var member in reasoning.EnumerateObject())
                {
                    var isUsed = member.NameEquals("effort")
                        && (request.ReasoningEffort is not null
                            || (member.Value.ValueKind == JsonValueKind.String && ThinkMapping.IsEffort(member.Value.GetString()!)));
                    if (!isUsed)
                    {
                        ignored.AddUnknown(member.Name, member.Value, "reasoning.");
                    }
                }

                break;
            case not null:
                ignored.Add("reasoning");
                break;
        }
    }

    private static void AddFormat(IgnoredFieldNames ignored, ResponseFormatParam? format)
    {
        if (format is null)
        {
            return;
        }

        ignored.AddUnknown(format.Unknown, "response_format.");
        ignored.AddUnknown(format.JsonSchema?.Unknown, "response_format.json_schema.");
        ignored.AddUnless(format.JsonSchema is null || format.Type == ResponseFormatTypes.Schema, "response_format.json_schema");
        var usesOwnSchema = format.Schema is { ValueKind: JsonValueKind.Object }
            && format.Type is ResponseFormatTypes.JsonObject or ResponseFormatTypes.Schema
            && (format.Type == ResponseFormatTypes.JsonObject || format.JsonSchema is not { Schema.ValueKind: JsonValueKind.Object });
        ignored.AddUnless(format.Schema is null || usesOwnSchema, "response_format.schema");
    }

    private static void AddTools(IgnoredFieldNames ignored, ChatCompletionRequest request)
    {
        for (var i = 0; i < (request.Tools?.Count ?? 0); i++)
        {
            if (ChatTools.IsFunction(request.Tools![i]))
            {
                ignored.AddUnknown(request.Tools[i]!.Unknown, "tools[].");
                ignored.AddUnknown(request.Tools[i]!.Function?.Unknown, "tools[].function.");
            }
            else
            {
                ignored.AddNamed("tools[].", request.Tools[i]?.Type ?? "");
            }
        }

        for (var i = 0; i < (request.Functions?.Count ?? 0); i++)
        {
            ignored.AddUnknown(request.Functions![i]?.Unknown, "functions[].");
        }

        ignored.AddUnknown(request.ToolChoice?.Unknown, "tool_choice.");
        ignored.AddUnknown(request.FunctionCall?.Unknown, "function_call.");
        ignored.AddUnless(request.ToolChoice is null || request.FunctionCall is null, "function_call");
    }
}
