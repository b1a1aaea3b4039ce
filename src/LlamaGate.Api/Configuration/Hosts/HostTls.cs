using System.Net.Security;
using LlamaGate.Api.Tls;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>How a host's certificate is verified, and the certificate that the gateway presents to it.</summary>
/// <param name="Options">For the handshakes with this host; the host's name is always compared.</param>
/// <param name="Stamp">Differs when the content of a file differs.</param>
internal sealed record HostTls(SslClientAuthenticationOptions Options, string Stamp)
{
    /// <summary>Trusts the authorities of a file, and no others.</summary>
    /// <param name="options">Gets the policy.</param>
    /// <param name="pem">The content of the file.</param>
    /// <param name="now">For the validity of the authorities.</param>
    /// <returns>What is wrong with the file; null when nothing is.</returns>
    public static string? Trust(SslClientAuthenticationOptions options, byte[] pem, DateTimeOffset now)
    {
        if (TrustedAuthorities.Read(pem, now, out var problem) is not { } policy)
        {
            return problem;
        }

        options.CertificateChainPolicy = policy;
        return null;
    }

    /// <summary>Presents a certificate to the host.</summary>
    /// <param name="options">Gets the certificate.</param>
    /// <param name="pair">What the two files contain.</param>
    /// <param name="now">For the validity of the certificate.</param>
    /// <returns>What is wrong with the files, each with the member that names it.</returns>
    public static IReadOnlyList<string> Present(SslClientAuthenticationOptions options, CertificateReading pair, DateTimeOffset now)
    {
        if (pair.LoadPair(out var faults) is not { } loaded)
        {
            return faults;
        }

        var certificate = loaded.Certificate;
        if (now > new DateTimeOffset(certificate.NotAfter))
        {
            return [$"{pair.CertificateName}: the certificate expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}"];
        }

        if (now < new DateTimeOffset(certificate.NotBefore))
        {
            return [$"{pair.CertificateName}: the certificate is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}"];
        }

        options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, loaded.Chain, offline: true);
        return [];
    }
}
