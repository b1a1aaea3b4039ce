using LlamaGate.Api.RateLimiting;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Responses;

/// <summary>
/// The owner of a response: the key, whatever the address; without a key the address, as for the rate limit.
/// </summary>
internal static class ResponseOwner
{
    public static string Of(HttpContext context) => context.Features.Get<Caller>() is { HasKey: true } caller
        ? "key " + caller.Id
        : ClientPartition.Of(context.Connection.RemoteIpAddress);
}
