using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LlamaGate.Api.Tests.Tls;

/// <summary>An authority with an intermediate one below it, which clients know only when the server sends it.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;

    public TestAuthority()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _root = AuthorityRequest("CN=Test root", rootKey).CreateSelfSigned(From, To);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = AuthorityRequest("CN=Test intermediate", key).Create(_root, From, To, [1]);
        _intermediate = signed.CopyWithPrivateKey(key);
    }

    /// <summary>The certificate of the root, without its key.</summary>
    public string RootPem => _root.ExportCertificatePem() + "\n";

    /// <summary>A certificate for localhost that vouches for itself, and its key.</summary>
    public static (string Certificate, string Key) IssueSelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=itself", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(LocalNames());
        using var certificate = request.CreateSelfSigned(From, To);
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A certificate for localhost and 127.0.0.1, its chain behind it, and its key.</summary>
    /// <param name="name">By which a test knows it again.</param>
    public (string Certificate, string Key) Issue(string name, AsymmetricAlgorithm? given = null, DateTimeOffset? notAfter = null)
    {
        using var key = given is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
        var used = given ?? key!;
        var subject = new X500DistinguishedName($"CN={name}");
        var request = used is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)used, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(LocalNames());
        using var certificate = request.Create(
            _intermediate.SubjectName, X509SignatureGenerator.CreateForECDsa(_intermediate.GetECDsaPrivateKey()!), From, notAfter ?? To,
            RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem() + "\n", used.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A client that trusts the root and nothing else, and opens a connection for each request.</summary>
    public HttpClient CreateClient(Uri address, Version? version = null, Action<X509Certificate>? shown = null)
    {
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseDrainSize = 0,
            ResponseDrainTimeout = TimeSpan.Zero,
            UseProxy = false,
        };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { _root },
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            shown?.Invoke(certificate!);
            return errors == System.Net.Security.SslPolicyErrors.None;
        };
        return new HttpClient(handler)
        {
            BaseAddress = address,
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = Hosting.GatewayOverOllama.LongestWait,
        };
    }

    public void Dispose()
    {
        _root.Dispose();
        _intermediate.Dispose();
    }

    private static X509Extension LocalNames()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        return names.Build();
    }

    private static CertificateRequest AuthorityRequest(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }
}
