using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Requests;

/// <summary>The class that a request asks for in a header.</summary>
internal static class RequestPriority
{
    public const string Header = "X-LlamaGate-Priority";

    /// <param name="principal">Nobody gets a higher class than its own.</param>
    /// <returns>Null when the header is not there.</returns>
    /// <exception cref="GatewayException">The value is wrong.</exception>
    public static KeyPriority? Of(IHeaderDictionary headers, Principal principal)
    {
        if (!headers.TryGetValue(Header, out var value))
        {
            return null;
        }

        var asked = value.ToString().Trim().ToUpperInvariant() switch
        {
            "LOW" => KeyPriority.Low,
            "NORMAL" => KeyPriority.Normal,
            "HIGH" => KeyPriority.High,
            _ => throw new GatewayException(GatewayError.InvalidRequest, $"{Header} must be low, normal or high.") { Path = Header },
        };
        return asked < principal.Priority ? asked : principal.Priority;
    }
}
