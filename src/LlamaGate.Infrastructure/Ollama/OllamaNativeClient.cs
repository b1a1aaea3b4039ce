using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Passes Ollama's own API through: what it answers stays as it is.</summary>
internal sealed class OllamaNativeClient(IUpstreamCalls calls, TimeProvider timeProvider) : INativeClient
{
    public async Task<INativeAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var answer = await calls.StartAsync(call with { PassesErrors = true }, cancellationToken);
        return new OllamaNativeAnswer(answer, call.Endpoint, started, timeProvider);
    }
}
