using System.Collections;
using System.Security.Cryptography;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tls;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Tls;

/// <summary>What a start, check-config, health and doctor make of TLS_CERT and TLS_KEY.</summary>
public sealed class CertificateSettingsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;
    private readonly TestAuthority _authority = new();

    [Theory]
    [InlineData("cert.pem", "", "TLS_KEY: not set, although TLS_CERT is; HTTPS needs both")]
    [InlineData("", "key.pem", "TLS_CERT: not set, although TLS_KEY is; HTTPS needs both")]
    [InlineData("none.pem", "key.pem", "TLS_CERT: \"none.pem\" cannot be read: it does not exist")]
    [InlineData("none/cert.pem", "key.pem", "TLS_CERT: \"none/cert.pem\" cannot be read: it does not exist")]
    [InlineData(".", "key.pem", "TLS_CERT: \".\" cannot be read: it is a directory")]
    [InlineData("cert.pem", "none.pem", "TLS_KEY: \"none.pem\" cannot be read: it does not exist")]
    [InlineData("key.pem", "key.pem", "TLS_CERT: the file contains no complete PEM certificate")]
    [InlineData("cert.pem", "cert.pem", "TLS_KEY: the file contains no complete PEM private key")]
    [InlineData("cert.pem", "other.pem", "TLS_KEY: the key does not belong to the first certificate of TLS_CERT, or is damaged")]
    [InlineData("cert.pem", "rsa.pem", "TLS_KEY: the key does not belong to the first certificate of TLS_CERT, or is damaged")]
    [InlineData("cert.pem", "encrypted.pem", "TLS_KEY: the key is encrypted, and the gateway cannot ask for a password")]
    [InlineData("cert.pem", "encrypted-rsa.pem", "TLS_KEY: the key is encrypted, and the gateway cannot ask for a password")]
    [InlineData("large.pem", "key.pem", "TLS_CERT: \"large.pem\" is larger than 1 MiB, so it is not a PEM file")]
    public async Task Pair_ThatCannotBeUsed_IsAnErrorThatNamesTheVariable(string certificate, string key, string expected)
    {
        WriteFiles();
        (string, string)[] variables = [("TLS_CERT", certificate), ("TLS_KEY", key)];
        using var check = GatewayRun.Start(_directory, ["check-config"], variables);
        var (exit, output, error) = await check.EndAsync();
        Assert.Equal((1, ""), (exit, output));
        var complaint = Assert.Single(error.TrimEnd().Split('\n').Skip(1));
        Assert.StartsWith("  " + expected, complaint.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAPairThatCannotBeUsed_Exits1WithTheSameWords()
    {
        WriteFiles();
        using var run = GatewayRun.Start(_directory, [], ("PORT", GatewayRun.FreePort()), ("TLS_CERT", "cert.pem"), ("TLS_KEY", "other.pem"));
        var (exit, _, error) = await run.EndAsync();
        Assert.Equal(1, exit);
        Assert.Contains("TLS_KEY: the key does not belong", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    public static TheoryData<string> Forms => ["ec-pkcs8", "ec-sec1", "ec-parameters", "rsa-pkcs8", "rsa-pkcs1", "one-file"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Pair_InEachFormOfKey_IsTaken(string form)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var (certificate, pkcs8) = _authority.Issue("a", form.StartsWith("rsa", StringComparison.Ordinal) ? rsa : ec);
        var key = form switch
        {
            "ec-sec1" => ec.ExportECPrivateKeyPem(),
            "ec-parameters" => "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + ec.ExportECPrivateKeyPem(),
            "rsa-pkcs1" => rsa.ExportRSAPrivateKeyPem(),
            _ => pkcs8,
        };
        File.WriteAllText(In("cert.pem"), form == "one-file" ? certificate + key : certificate);
        File.WriteAllText(In("key.pem"), key);
        var loaded = SettingsReader.Load(
            new EnvFileLocation(Given: null, _directory, Installed: []),
            new Hashtable { ["TLS_CERT"] = In("cert.pem"), ["TLS_KEY"] = In(form == "one-file" ? "cert.pem" : "key.pem") },
            NamedFiles.CheckAsOnlooker);
        Assert.Empty(loaded.Errors);
        Assert.True(loaded.Settings.UsesTls);
    }

    /// <summary>Both call the gateway by its address, which its certificate need not name.</summary>
    [Fact]
    public async Task HealthAndDoctor_OfAGatewayWithTls_AskItOverHttps()
    {
        await using var ollama = await EmulatedOllama.StartAsync();
        WriteFiles();
        var port = GatewayRun.FreePort();
        await File.WriteAllTextAsync(
            In(".env"), $"OLLAMA_HOST={ollama.Address}\nPORT={port}\nTLS_CERT=cert.pem\nTLS_KEY=key.pem\nAPI_KEY=sesame\n");
        using var run = GatewayRun.Start(_directory, []);
        Assert.Contains($"https://127.0.0.1:{port}", await run.WaitForLineAsync("listens on"), StringComparison.Ordinal);

        using var health = GatewayRun.Start(_directory, ["health", "--upstream", "--timeout", "1m"]);
        Assert.Equal((0, "healthy"), await OutputAsync(health));
        using var doctor = GatewayRun.Start(_directory, ["doctor", "--skip-generation"]);
        var (_, report) = await OutputAsync(doctor);
        Assert.Contains($"gateway: The gateway runs at https://127.0.0.1:{port} and reaches Ollama.", report, StringComparison.Ordinal);
        Assert.Contains("api-key: The gateway accepts this API_KEY and refuses", report, StringComparison.Ordinal);
        Assert.Contains("transport: The connection to the gateway uses TLS.", report, StringComparison.Ordinal);
        Assert.Contains("certificate: The certificate for localhost, 127.0.0.1 is valid until 2090-01-01.", report, StringComparison.Ordinal);
        // A URL that a person gives is one that clients use: there the certificate counts.
        using var strict = GatewayRun.Start(_directory, ["health", "--url", $"https://127.0.0.1:{port}"]);
        Assert.Equal(1, (await strict.EndAsync()).ExitCode);
    }

    [Theory]
    [InlineData(-10, "Error", "expired on 2029-12-22")]
    [InlineData(10, "Warning", "expires on 2030-01-11")]
    [InlineData(20, "Ok", "is valid until 2030-01-21")]
    internal void CertificateCheck_OfItsLastDays_SaysWhen(int daysLeft, string severity, string words)
    {
        var now = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var (certificate, key) = _authority.Issue("a", notAfter: now.AddDays(daysLeft));
        File.WriteAllText(In("cert.pem"), certificate);
        File.WriteAllText(In("key.pem"), key);
        var loaded = new CertificateFiles(In("cert.pem"), In("key.pem")).Read().Load(out var faults);
        Assert.Empty(faults);
        var finding = CertificateCheck.Judge(loaded!, now);
        Assert.Equal(Enum.Parse<Severity>(severity), finding.Severity);
        Assert.Contains(words, finding.Title, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<(int ExitCode, string Output)> OutputAsync(GatewayRun run)
    {
        var (exit, output, _) = await run.EndAsync();
        return (exit, output.TrimEnd());
    }

    private string In(string name) => Path.Combine(_directory, name);

    private void WriteFiles()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var (certificate, pkcs8) = _authority.Issue("a", key);
        File.WriteAllText(In("cert.pem"), certificate);
        File.WriteAllText(In("key.pem"), pkcs8);
        File.WriteAllText(In("other.pem"), _authority.Issue("b").Key);
        File.WriteAllText(In("rsa.pem"), rsa.ExportRSAPrivateKeyPem());
        var strong = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        File.WriteAllText(In("encrypted.pem"), key.ExportEncryptedPkcs8PrivateKeyPem("password", strong));
        File.WriteAllText(
            In("encrypted-rsa.pem"),
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        File.WriteAllText(In("large.pem"), new string(' ', (1024 * 1024) + 1));
    }
}
