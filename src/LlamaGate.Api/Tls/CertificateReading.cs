using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LlamaGate.Api.Tls;

/// <summary>The content of the two files, which can be anything. Neither text is ever shown: one of them is a key.</summary>
/// <param name="certificate">PEM: the server's certificate first, then the rest of its chain.</param>
/// <param name="key">PEM, not encrypted.</param>
/// <param name="stamp">Differs when the content differs.</param>
/// <param name="complaints">Why the files could not be read.</param>
internal sealed class CertificateReading(string certificate, string key, string stamp, IReadOnlyList<string> complaints)
{
    private const string Begin = "-----BEGIN ";
    private const string CertificateLabel = "CERTIFICATE";
    private static readonly string[] KeyLabels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

    public string Stamp { get; } = stamp;

    /// <summary>The setting that names the certificate's file, for messages.</summary>
    public required string CertificateName { get; init; }

    /// <summary>The setting that names the key's file.</summary>
    public required string KeyName { get; init; }

    /// <summary>The certificate for a server, or null; the faults then say why, each with its setting.</summary>
    public ServerCertificate? Load(out IReadOnlyList<string> faults) =>
        LoadPair(out faults) is { } pair ? ServerCertificate.Create(pair.Certificate, pair.Chain) : null;

    /// <summary>The certificate with its key and the rest of its chain, or null; the faults then say why, each with its setting.</summary>
    public (X509Certificate2 Certificate, X509Certificate2Collection Chain)? LoadPair(out IReadOnlyList<string> faults)
    {
        faults = complaints.Count > 0 ? complaints : FindFaults().ToList();
        if (faults.Count > 0)
        {
            return null;
        }

        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificate);
            chain[0].Dispose();
            chain.RemoveAt(0);
            return (ServerCertificate.Usable(X509Certificate2.CreateFromPem(certificate, key)), chain);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or NotSupportedException)
        {
            faults = [ReasonOf()];
            return null;
        }
    }

    private IEnumerable<string> FindFaults()
    {
        var labels = Labels(certificate);
        if (!labels.Contains(CertificateLabel, StringComparer.Ordinal))
        {
            yield return $"{CertificateName}: the file contains no complete PEM certificate";
        }
        else if (certificate.Split(Begin).Length - 1 != labels.Count)
        {
            yield return $"{CertificateName}: a certificate of the chain in the file is damaged or incomplete";
        }

        // The older form of encryption is a header inside the block, which .NET does not parse as PEM.
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            yield return $"{KeyName}: the key is encrypted, and the gateway cannot ask for a password; store the key without one "
                + "(openssl pkey -in encrypted.pem -out key.pem)";
        }
        else if (!Labels(key).Intersect(KeyLabels, StringComparer.Ordinal).Any())
        {
            yield return $"{KeyName}: the file contains no complete PEM private key";
        }
    }

    /// <summary>Tries each part separately, to name the faulty one. The framework's own messages might quote the content.</summary>
    private string ReasonOf()
    {
        try
        {
            using var leaf = X509Certificate2.CreateFromPem(certificate);
        }
        catch (CryptographicException)
        {
            return $"{CertificateName}: the first certificate in the file is damaged";
        }

        try
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPem(certificate);
        }
        catch (CryptographicException)
        {
            return $"{CertificateName}: a certificate of the chain in the file is damaged or incomplete";
        }

        return $"{KeyName}: the key does not belong to the first certificate of {CertificateName}, or is damaged";
    }

    private static List<string> Labels(string pem)
    {
        var labels = new List<string>();
        for (var rest = pem.AsSpan(); PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
        {
            labels.Add(rest[found.Label].ToString());
        }

        return labels;
    }
}
