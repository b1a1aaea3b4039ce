using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LlamaGate.Api.Tls;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>How a host's certificate is verified, and the certificate that the gateway presents to it.</summary>
/// <param name="Options">For the handshakes with this host; the host's name is always compared.</param>
/// <param name="Stamp">Differs when the content of a file differs.</param>
internal sealed record HostTls(SslClientAuthenticationOptions Options, string Stamp)
{
    private const string CertificateMark = "-----BEGIN CERTIFICATE-----";

    /// <summary>Trusts the authorities of a file, and no others.</summary>
    /// <param name="options">Gets the policy.</param>
    /// <param name="pem">The content of the file.</param>
    /// <param name="now">To tell whether the authorities are still valid.</param>
    /// <returns>What is wrong with the file; null when nothing is.</returns>
    public static string? Trust(SslClientAuthenticationOptions options, byte[] pem, DateTimeOffset now)
    {
        var text = Encoding.Latin1.GetString(pem);
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            return "has a damaged certificate";
        }

        var roots = certificates.Where(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)).ToArray();
        if (certificates.Count < text.Split(CertificateMark).Length - 1)
        {
            return "has a damaged or incomplete certificate";
        }

        if (roots.Length == 0)
        {
            return certificates.Count == 0
                ? "contains no PEM certificate"
                : "contains no root certificate; add the one that signs itself at the end of the chain";
        }

        if (Array.TrueForAll(roots, root => now > new DateTimeOffset(root.NotAfter)))
        {
            return $"expired on {roots.Max(root => root.NotAfter).ToUniversalTime():yyyy-MM-dd}";
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        policy.ExtraStore.AddRange(certificates);
        options.CertificateChainPolicy = policy;
        return null;
    }

    /// <summary>Presents a certificate to the host.</summary>
    /// <param name="options">Gets the certificate.</param>
    /// <param name="pair">What the two files contain.</param>
    /// <param name="now">To tell whether the certificate is valid.</param>
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
            return [$"{pair.CertificateName}: the certificate is valid only from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} on"];
        }

        options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, loaded.Chain, offline: true);
        return [];
    }
}
