using System.Net;
using System.Net.Sockets;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.RateLimiting;

/// <summary>
/// Which bucket a request uses: the key's, else the address's. For IPv6 it is the /64, because every home connection
/// has 2^64 addresses; IPv4 over an IPv6 socket counts as the IPv4 address.
/// </summary>
/// <param name="Client">The id of the key, or the address.</param>
/// <param name="IsKey">An id can look like an address.</param>
/// <param name="RequestsPerSecond">Another rate is another bucket, so that a changed one takes effect at once.</param>
internal readonly record struct ClientPartition(string Client, bool IsKey, decimal RequestsPerSecond)
{
    private const int NetworkBytes = 8;

    /// <summary>Limits are thousandths of requests per second.</summary>
    private const int Precision = 1000;

    /// <param name="keyless">Requests per second of a client without a right key.</param>
    public static ClientPartition Of(HttpContext context, decimal keyless) => context.Features.Get<Caller>() is { HasKey: true } caller
        ? new(caller.Id, IsKey: true, caller.Policy.RateLimitRps)
        : new(Of(context.Connection.RemoteIpAddress), IsKey: false, keyless);

    /// <summary>The part of one of several gateways, rounded up, so that all parts together are not less than the limit.</summary>
    public ClientPartition DividedBy(int replicas) => replicas == 1 ? this
        : this with { RequestsPerSecond = Math.Ceiling(RequestsPerSecond / replicas * Precision) / Precision };

    internal static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
