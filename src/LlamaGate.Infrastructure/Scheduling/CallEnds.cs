using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>Ollama's last lines as the scheduler sees them.</summary>
internal static class CallEnds
{
    public static CallEnd Of(UpstreamEnd end) => end.Timings is { } timings ? new CallEnd
    {
        PromptTokens = end.Usage?.PromptTokens ?? 0,
        CompletionTokens = end.Usage?.CompletionTokens ?? 0,
        PromptSeconds = timings.Prompt.TotalSeconds,
        EvalSeconds = timings.Eval.TotalSeconds,
        LoadSeconds = timings.Load.TotalSeconds,
    } : CallEnd.WithoutLastLine;
}
