using System.Security.Cryptography;
using LlamaGate.Api.Tests.Tls;

namespace LlamaGate.Api.Tests.Configuration.Hosts;

/// <summary>Faults of the files for TLS, as they are said at the start.</summary>
public sealed class HostTlsTests : IDisposable
{
    private const string Json = """
        {"hosts":[{"url":"https://localhost","ca_file":"ca.pem",
          "client_cert":"client.pem",
          "client_key":"key.pem"}]}
        """;

    private readonly HostsFileBed _bed = new();
    private readonly TestAuthority _authority = new();

    public HostTlsTests()
    {
        var (certificate, key) = _authority.Issue("client");
        _bed.Write("ca.pem", _authority.RootPem);
        _bed.Write("client.pem", certificate);
        _bed.Write("key.pem", key);
    }

    [Fact]
    public void Read_WholeFiles_MakeOneSetOfOptions()
    {
        var host = _bed.Read(Json).Content!.Hosts[0];
        Assert.NotNull(host.Tls!.Options.CertificateChainPolicy);
        Assert.NotNull(host.Tls.Options.ClientCertificateContext);
        Assert.Equal(host.Tls.Stamp, _bed.Read().Content!.Hosts[0].Tls!.Stamp);
    }

    [Theory]
    [InlineData("no-ca", "line 1: hosts[0].ca_file \"", "cannot be read: it does not exist")]
    [InlineData("empty-ca", "line 1: hosts[0].ca_file ", "contains no PEM certificate")]
    [InlineData("half-ca", "line 1: hosts[0].ca_file ", "has a damaged or incomplete certificate")]
    [InlineData("no-root", "line 1: hosts[0].ca_file ", "contains no root certificate; add the one that signs itself")]
    [InlineData("expired", "line 2: hosts[0].client_cert ", "the certificate expired on 2025-01-02")]
    [InlineData("no-key", "line 3: hosts[0].client_key ", "the file contains no complete PEM private key")]
    [InlineData("other-key", "line 3: hosts[0].client_key ", "the key does not belong to the first certificate of client_cert, or is damaged")]
    [InlineData("encrypted-key", "line 3: hosts[0].client_key ", "the key is encrypted")]
    public void Read_FileThatCannotBeUsed_SaysWhichAndWhy(string kind, string place, string reason)
    {
        Break(kind);
        var fault = Assert.Single(_bed.Read(Json).Faults).ToString();
        Assert.StartsWith(place, fault, StringComparison.Ordinal);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeyThatOthersCanRead_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _bed.Write("key.pem", _authority.Issue("other").Key, isOpen: true);
        Assert.Contains("line 3: hosts[0].client_key contains a secret", Assert.Single(_bed.Read(Json).Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CertificateWithoutKey_AsksForIt() => Assert.Equal(
        "line 1: hosts[0].client_cert also needs client_key; both can name the same file",
        Assert.Single(_bed.Read("""{"hosts":[{"url":"https://a","client_cert":"client.pem"}]}""").Faults).ToString());

    public void Dispose()
    {
        _bed.Dispose();
        _authority.Dispose();
    }

    private void Break(string kind)
    {
        switch (kind)
        {
            case "no-ca":
                File.Delete(_bed.PathOf("ca.pem"));
                break;
            case "empty-ca":
                _bed.Write("ca.pem", "");
                break;
            case "half-ca":
                _bed.Write("ca.pem", _authority.RootPem + _authority.RootPem[..100]);
                break;
            case "no-root":
                _bed.Write("ca.pem", _authority.Issue("leaf").Certificate);
                break;
            case "expired":
                var (certificate, key) = _authority.Issue("old", notAfter: new DateTimeOffset(2025, 1, 2, 12, 0, 0, TimeSpan.Zero));
                _bed.Write("client.pem", certificate);
                _bed.Write("key.pem", key);
                break;
            case "no-key":
                _bed.Write("key.pem", _authority.RootPem);
                break;
            case "other-key":
                _bed.Write("key.pem", _authority.Issue("other").Key);
                break;
            default:
                using (var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                {
                    var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000);
                    _bed.Write("key.pem", ecdsa.ExportEncryptedPkcs8PrivateKeyPem("pw", parameters));
                }

                break;
        }
    }
}
