using System.Net;
using System.Net.Sockets;

namespace LlamaGate.Api.Configuration;

/// <summary>The part of <see cref="Variables"/> about several gateways that act as one.</summary>
internal static class ClusterVariables
{
    public static IReadOnlyList<Variable> All { get; } =
    [
        new("REDIS_URL", RedisAddress.Allowed, "several gateways act as one: the Redis in which they find each other; empty = this one works alone",
            static (s, t) => RedisAddress.Parse(t) is { } redis ? s with { Redis = redis } : null,
            static s => s.Redis?.ToString() ?? "")
        {
            Redact = OllamaAddress.Redact,
            Note = static s => s.Redis?.Password is null ? null : "with a password (set, not shown)",
            Hidden = static s => $"{s.Redis?.User}:{s.Redis?.Password}",
        },
        new("CLUSTER_ADDRESS", "an IP address of this machine and a port, like 10.0.0.7:11111; port 0 = a free one, on a loopback address only",
            "where the other gateways reach this one",
            static (s, t) => Parse(t) is { } address ? s with { ClusterAddress = address } : null,
            static s => s.ClusterAddress.ToString()),
        new("CLUSTER_CERTIFICATE", "the path of a PEM file with a certificate and its key, without a password",
            "how this gateway identifies itself to the others; needs CLUSTER_CA",
            static (s, t) => s with { ClusterCertificate = t },
            static s => s.ClusterCertificate),
        new("CLUSTER_CA", "the path of a PEM file with one or more certificates", "the authorities that sign the gateways' certificates, and nothing else",
            static (s, t) => s with { ClusterCa = t },
            static s => s.ClusterCa),
    ];

    public static IEnumerable<string> FindConflicts(GatewaySettings settings)
    {
        if (settings.Redis is null)
        {
            yield break;
        }

        if (settings.ClusterAddress.Port == settings.Port && Covers(settings.ListenAddress, settings.ClusterAddress.Address))
        {
            yield return $"CLUSTER_ADDRESS: {settings.ClusterAddress} is what the gateway itself listens on (LISTEN_ADDRESS, PORT); choose another port";
        }

        var (certificate, authorities) = (settings.ClusterCertificate.Length > 0, settings.ClusterCa.Length > 0);
        if (certificate != authorities)
        {
            var (missing, given) = certificate ? ("CLUSTER_CA", "CLUSTER_CERTIFICATE") : ("CLUSTER_CERTIFICATE", "CLUSTER_CA");
            yield return $"{missing}: not set, although {given} is; gateways identify themselves to each other with both";
        }
        else if (!certificate && !IPAddress.IsLoopback(settings.ClusterAddress.Address))
        {
            yield return $"CLUSTER_CERTIFICATE: not set, although CLUSTER_ADDRESS {settings.ClusterAddress} can be reached from other machines; "
                + "set CLUSTER_CERTIFICATE and CLUSTER_CA, or use an address like 127.0.0.1:11111 for gateways on one machine";
        }
    }

    private static bool Covers(IPAddress listened, IPAddress address) =>
        listened.Equals(address) || listened.Equals(IPAddress.Any) || listened.Equals(IPAddress.IPv6Any);

    private static IPEndPoint? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || VariableText.Integer(text[(colon + 1)..], 0, ushort.MaxValue) is not { } port
            || VariableText.Address(text[..colon] is ['[', .. var inside, ']'] ? inside : text[..colon]) is not { } address
            || (address.AddressFamily is AddressFamily.InterNetworkV6 && text[0] != '['))
        {
            return null;
        }

        // The others need one address to connect to.
        var isOne = !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any);
        return isOne && (port > 0 || IPAddress.IsLoopback(address)) ? new IPEndPoint(address, port) : null;
    }
}
