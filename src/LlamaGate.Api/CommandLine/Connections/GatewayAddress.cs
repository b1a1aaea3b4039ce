using System.Net;
using System.Net.Sockets;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine.Connections;

/// <summary>The address of a gateway with these settings from the same machine, and the addresses below a root.</summary>
internal static class GatewayAddress
{
    public static Uri Local(GatewaySettings settings) =>
        new UriBuilder(settings.UsesTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, HostOf(settings.ListenAddress), settings.Port).Uri;

    /// <summary>A path on the root is kept: a proxy may serve the gateway under a path.</summary>
    public static Uri Resolve(Uri root, string path) =>
        new UriBuilder(root) { Path = root.AbsolutePath.TrimEnd('/') + path, Query = "", Fragment = "" }.Uri;

    private static string HostOf(IPAddress address)
    {
        // "All addresses" is not an address to connect to.
        var target = address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : address;
        return target.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{target}]" : target.ToString();
    }
}
