using LlamaGate.Domain.Completions;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>The domain's prompt → Ollama's body, and its answer back.</summary>
internal static class GenerateMapping
{
    public static OllamaGenerateRequest ToWire(GenerateRequest request, bool stream, bool truncate) => new()
    {
        Model = request.Model,
        Prompt = request.Prompt,
        Suffix = request.Suffix,
        Stream = stream,
        Options = GenerationOptionsMapping.ToOptions(request.Options),
        Think = ThinkLevelMapping.ToWire(request.Think),
        KeepAlive = request.KeepAlive,
        Truncate = truncate ? null : false,
        Shift = truncate ? null : false,
        Logprobs = request.Logprobs,
        TopLogprobs = request.TopLogprobs,
    };

    public static GenerateUpdate ToUpdate(OllamaGenerateResponse response) => new()
    {
        Text = response.Response ?? "",
        Thinking = response.Thinking,
        Logprobs = GenerationAnswerMapping.ToLogprobs(response.Logprobs),
        IsDone = response.Done,
        FinishReason = GenerationAnswerMapping.ToFinishReason(response),
        Usage = GenerationAnswerMapping.ToUsage(response),
        Timings = GenerationAnswerMapping.ToTimings(response),
    };
}
