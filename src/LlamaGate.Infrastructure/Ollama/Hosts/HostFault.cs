using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Health;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>What is wrong with a host, in a text that anyone may see.</summary>
internal static class HostFault
{
    public static string Of(Exception exception) => exception switch
    {
        GatewayException { Error: GatewayError.UpstreamUnreachable } => UpstreamHealth.Unreachable.Fault!,
        GatewayException { LogDetail: { } detail } => $"Ollama returned {detail}",
        GatewayException { UpstreamStatus: { } status } => UpstreamHealth.AnsweredWith(status).Fault!,
        GatewayException failure => failure.Message,
        OperationCanceledException => $"Ollama did not answer within {OwnCalls.Limit.TotalSeconds:0} s",
        _ => exception.GetType().Name,
    };
}
