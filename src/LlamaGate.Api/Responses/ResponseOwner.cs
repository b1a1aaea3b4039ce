using LlamaGate.Api.RateLimiting;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Responses;

/// <summary>
/// Whose a response is: the key's, wherever its holder calls from; without a key that of the address, as for the rate limit.
/// </summary>
internal static class ResponseOwner
{
    public static string Of(HttpContext context) => context.Features.Get<Caller>() is { HasKey: true } caller
        ? "key " + caller.Id
        : ClientPartition.Of(context.Connection.RemoteIpAddress);
}
