using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LlamaGate.Api.Tls;

/// <summary>The authorities of a PEM file, instead of those of the system.</summary>
internal static class TrustedAuthorities
{
    private const string CertificateMark = "-----BEGIN CERTIFICATE-----";

    /// <summary>Trusts the root certificates of a file, and no others; those that are no roots complete chains.</summary>
    /// <param name="pem">The content of the file.</param>
    /// <param name="now">For the validity of the authorities.</param>
    /// <param name="problem">What is wrong with the file; null when nothing is.</param>
    /// <returns>Null when the file cannot be used.</returns>
    public static X509ChainPolicy? Read(byte[] pem, DateTimeOffset now, out string? problem)
    {
        var text = Encoding.Latin1.GetString(pem);
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException)
        {
            problem = "has a damaged certificate";
            return null;
        }

        var roots = certificates.Where(certificate => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)).ToArray();
        problem = FindProblem(text, certificates, roots, now);
        if (problem is not null)
        {
            return null;
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        policy.ExtraStore.AddRange(certificates);
        return policy;
    }

    private static string? FindProblem(string text, X509Certificate2Collection certificates, X509Certificate2[] roots, DateTimeOffset now)
    {
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

        return Array.TrueForAll(roots, root => now > new DateTimeOffset(root.NotAfter))
            ? $"expired on {roots.Max(root => root.NotAfter).ToUniversalTime():yyyy-MM-dd}"
            : null;
    }
}
