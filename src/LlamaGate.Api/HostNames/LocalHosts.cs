using System.Net;
using System.Net.Sockets;

namespace LlamaGate.Api.HostNames;

/// <summary>Names that nobody on the internet can point to this machine.</summary>
internal static class LocalHosts
{
    /// <summary>The names that containers use for their host; the top-level domain is reserved for private use.</summary>
    private static readonly string[] OfContainers = ["host.docker.internal", "host.containers.internal"];

    /// <param name="host">Without its port; IPv6 in brackets.</param>
    public static bool Contains(string host)
    {
        var name = host.EndsWith('.') ? host[..^1] : host;
        return name.Length == 0
            || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || OfContainers.Contains(name, StringComparer.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IsLocal(address));
    }

    private static bool IsLocal(IPAddress given)
    {
        var address = given.IsIPv4MappedToIPv6 ? given.MapToIPv4() : given;
        return IPAddress.IsLoopback(address)
            || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            || address.IsIPv6UniqueLocal || address.IsIPv6LinkLocal
            || (address.AddressFamily is AddressFamily.InterNetwork && IsPrivate(address.GetAddressBytes()));
    }

    private static bool IsPrivate(byte[] address) => address switch
    {
        [10, ..] or [192, 168, ..] or [169, 254, ..] => true,
        [172, var second, ..] => second is >= 16 and <= 31,
        _ => false,
    };
}
