using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace LlamaGate.Api.Tls;

/// <summary>A certificate that handshakes can use, with its chain.</summary>
/// <param name="Options">For handshakes; shared by all of them, so that sessions can be resumed.</param>
/// <param name="Names">The hosts it was issued for, for people.</param>
internal sealed record ServerCertificate(
    SslServerAuthenticationOptions Options, string Names, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>The day after which clients refuse it, in UTC.</summary>
    public string LastDay { get; } = NotAfter.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A certificate can contain hundreds.</summary>
    private const int MaxNames = 5;

    /// <param name="certificate">With its key, <see cref="Usable"/>.</param>
    /// <param name="chain">Sent along with it, so that clients can build a path to an authority that they trust.</param>
    public static ServerCertificate Create(X509Certificate2 certificate, X509Certificate2Collection chain) => new(
        new SslServerAuthenticationOptions
        {
            // Offline: missing parts of a chain are not downloaded; what the file contains is sent.
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
        },
        NamesOf(certificate),
        new DateTimeOffset(certificate.NotBefore),
        new DateTimeOffset(certificate.NotAfter));

    /// <summary>TLS on Windows cannot use a key that exists only in this process's memory.</summary>
    public static X509Certificate2 Usable(X509Certificate2 certificate) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null)
        : certificate;

    private static string NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames()
                .Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())))
            .ToList();
        return names.Count switch
        {
            0 => certificate.Subject,
            <= MaxNames => string.Join(", ", names),
            _ => string.Join(", ", names.Take(MaxNames)) + ", …",
        };
    }
}
