using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>The calls that the gateway makes for itself, in the background.</summary>
internal static class OwnCalls
{
    /// <summary>Maximum duration of one call. Its result is not worth a longer wait, and the next call comes soon.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>No caller's request, so nobody is charged for it.</summary>
    public static readonly RequestContext Context =
        new(RequestId: null, new Caller("llamagate", new CallerPolicy(decimal.MaxValue)));
}
