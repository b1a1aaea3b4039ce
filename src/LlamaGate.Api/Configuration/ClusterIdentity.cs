using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LlamaGate.Api.Configuration.Files;
using LlamaGate.Api.Tls;

namespace LlamaGate.Api.Configuration;

/// <summary>How this gateway identifies itself to the others of its cluster, and whom it takes for one of them.</summary>
/// <param name="Certificate">With its key.</param>
/// <param name="Authorities">The certificate of another gateway must fulfil it.</param>
internal sealed record ClusterIdentity(X509Certificate2 Certificate, X509ChainPolicy Authorities)
{
    private const string CertificateName = "CLUSTER_CERTIFICATE";
    private const string AuthoritiesName = "CLUSTER_CA";
    private const int MaxBytes = 1024 * 1024;

    /// <param name="certificatePath">CLUSTER_CERTIFICATE: the certificate and its key.</param>
    /// <param name="authoritiesPath">CLUSTER_CA.</param>
    /// <param name="now">For the validity of certificates.</param>
    public static ClusterIdentityReading Read(string certificatePath, string authoritiesPath, DateTimeOffset now)
    {
        var found = new List<string>();
        var file = new CertificateFiles(certificatePath, certificatePath, CertificateName, CertificateName).Read();
        var (certificate, chain) = Load(file, now, found);
        var pem = BoundedFile.Read(authoritiesPath, MaxBytes, out var problem) ?? [];
        var authorities = problem is null ? TrustedAuthorities.Read(pem, now, out problem) : null;
        if (problem is not null)
        {
            found.Add($"{AuthoritiesName}: \"{authoritiesPath}\" {problem}");
        }

        // TLS between silos sends no intermediate certificates. Mostly all gateways have the same ones.
        authorities?.ExtraStore.AddRange(chain);
        if (certificate is not null && authorities is not null && !IsIssued(certificate, authorities))
        {
            found.Add($"{CertificateName}: \"{certificatePath}\" was not issued by an authority of {AuthoritiesName}, so the other gateways would refuse it; "
                + $"add missing intermediate certificates to {AuthoritiesName}");
        }

        var identity = found.Count == 0 && certificate is not null && authorities is not null ? new ClusterIdentity(certificate, authorities) : null;
        var stamp = string.Join('\n', [file.Stamp, Convert.ToHexString(SHA256.HashData(pem)), .. found]);
        return new ClusterIdentityReading([certificatePath, authoritiesPath], stamp, identity, found);
    }

    private static (X509Certificate2? Certificate, X509Certificate2Collection Chain) Load(CertificateReading file, DateTimeOffset now, List<string> found)
    {
        if (file.LoadPair(out var faults) is not { } pair)
        {
            found.AddRange(faults.Distinct(StringComparer.Ordinal));
            return (null, []);
        }

        if (now < new DateTimeOffset(pair.Certificate.NotBefore) || now > new DateTimeOffset(pair.Certificate.NotAfter))
        {
            found.Add($"{CertificateName}: the certificate is only valid from {pair.Certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} "
                + $"to {pair.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        }

        return pair;
    }

    private static bool IsIssued(X509Certificate2 certificate, X509ChainPolicy authorities)
    {
        using var chain = new X509Chain { ChainPolicy = authorities.Clone() };
        // Its validity is another complaint.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }
}
