using LlamaGate.Domain.Errors;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>
/// Whether a call that failed before its first byte may be sent to another host: when the host is at fault, not the request. A timeout is
/// no reason: the other host would take as long, and the first one may still be working. A model that cannot be loaded is one: the other host
/// may have more memory, a newer Ollama or a whole file.
/// </summary>
internal static class Failover
{
    /// <summary>Maximum attempts of one call.</summary>
    public const int MaxAttempts = 3;

    private const int ServerError = 500;

    /// <param name="lacksModel">Whether the host is known not to have the model: then no host has it.</param>
    public static bool Helps(GatewayException failure, bool lacksModel) => failure switch
    {
        { Error: GatewayError.UpstreamUnreachable or GatewayError.UpstreamBusy } => true,
        { Error: GatewayError.UpstreamError, UpstreamStatus: >= ServerError } => true,
        { Error: GatewayError.ModelNotFound } => !lacksModel,
        _ => false,
    };
}
