using System.Text.Json;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Requests;

/// <summary>What Ollama refuses because of the model, and what the runner refuses once it has the request.</summary>
internal static class ModelChecks
{
    private static readonly HashSet<string> Numbers = new(StringComparer.Ordinal)
    {
        "temperature", "top_p", "min_p", "typical_p", "repeat_penalty", "presence_penalty", "frequency_penalty",
    };

    private static readonly HashSet<string> Integers = new(StringComparer.Ordinal)
    {
        "num_ctx", "num_predict", "num_keep", "seed", "top_k", "repeat_last_n", "num_batch", "num_gpu", "num_thread",
    };

    public static void Check(NativeRequest request, EmulatedModel model)
    {
        if (!model.Can("completion"))
        {
            throw new OllamaRefusal(400, $"\"{request.Model}\" does not support chat");
        }

        if (request.Tools.Count > 0 && !model.Can("tools"))
        {
            throw new OllamaRefusal(400, $"registry.ollama.ai/library/{model.Name} does not support tools");
        }

        if (request.Text("suffix") is { Length: > 0 } && !model.Can("insert"))
        {
            throw new OllamaRefusal(400, $"registry.ollama.ai/library/{model.Name} does not support insert");
        }

        if (!model.Can("thinking")
            && request.Member("think") is { ValueKind: JsonValueKind.True or JsonValueKind.String })
        {
            throw new OllamaRefusal(400, $"\"{request.Model}\" does not support thinking");
        }

        CheckImages(request, model);
        CheckOptions(request.Member("options"));
        CheckFormat(request.Member("format"));
        CheckContext(request, model);
    }

    private static void CheckImages(NativeRequest request, EmulatedModel model)
    {
        var images = request.Messages.Append(request.Root).Select(holder => NativeRequest.Member(holder, "images"));
        if (!model.Can("vision")
            && images.Any(array => array is { ValueKind: JsonValueKind.Array } some && some.GetArrayLength() > 0))
        {
            throw new OllamaRefusal(400, """{"error":{"code":400,"message":"Multimodal data provided, but model does not support multimodal requests.","type":"invalid_request_error"}}""");
        }
    }

    private static void CheckOptions(JsonElement? options)
    {
        if (options is not { ValueKind: JsonValueKind.Object } members)
        {
            return;
        }

        foreach (var option in members.EnumerateObject().Where(o => o.Value.ValueKind is not JsonValueKind.Null))
        {
            if (option.Name == "stop" && option.Value.ValueKind is not JsonValueKind.Array)
            {
                throw new OllamaRefusal(500, "option \"stop\" must be of type array");
            }

            var goType = Numbers.Contains(option.Name) ? "float32" : Integers.Contains(option.Name) ? "integer" : null;
            if (goType is not null && option.Value.ValueKind is not JsonValueKind.Number)
            {
                throw new OllamaRefusal(500, $"option \"{option.Name}\" must be of type {goType}");
            }
        }
    }

    private static void CheckFormat(JsonElement? format)
    {
        if (format is { ValueKind: not JsonValueKind.Object } other && other.GetRawText() is not ("\"json\"" or "\"\""))
        {
            var literal = JsonLiteral(other.GetRawText());
            throw new OllamaRefusal(500, $"invalid format: {literal}; expected \"json\" or a valid JSON Schema object");
        }
    }

    private static void CheckContext(NativeRequest request, EmulatedModel model)
    {
        if (request.Member("truncate") is { ValueKind: JsonValueKind.False }
            && request.PromptWords is var words && words > model.ContextLength)
        {
            throw new OllamaRefusal(400, $$$"""{"error":{"code":400,"message":"request ({{{words}}} tokens) exceeds the available context size ({{{model.ContextLength}}} tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":{{{words}}},"n_ctx":{{{model.ContextLength}}}}}""");
        }
    }

    /// <summary>Go's %q of the raw JSON.</summary>
    private static string JsonLiteral(string raw) => $"\"{raw.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
