using System.Net;
using System.Net.Sockets;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.RateLimiting;

/// <summary>
/// Which bucket a request uses: the key's, else the address's. For IPv6 it is the /64, because every home connection
/// has 2^64 addresses; IPv4 over an IPv6 socket counts as the IPv4 address.
/// </summary>
internal static class ClientPartition
{
    private const int NetworkBytes = 8;

    public static string Of(HttpContext context) =>
        context.Features.Get<Caller>() is { HasKey: true } ? "key" : Of(context.Connection.RemoteIpAddress);

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
