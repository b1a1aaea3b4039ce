using System.Globalization;
using System.Net;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Tls;

/// <summary>Files that change under a running gateway.</summary>
public class CertificateReloadTests
{
    /// <summary>What is left in the files, of a pair that would be whole, and what the log says.</summary>
    public static TheoryData<string, string> Broken => new()
    {
        { "half-certificate", "TLS_CERT: the file contains no complete PEM certificate" },
        { "half-chain", "TLS_CERT: a certificate of the chain in the file is damaged or incomplete" },
        { "no-certificate", "TLS_CERT: \"" },
        { "empty-key", "TLS_KEY: the file contains no complete PEM private key" },
        { "old-key", "TLS_KEY: the key does not belong to the first certificate of TLS_CERT, or is damaged" },
        { "garbage-key", "TLS_KEY: the key does not belong to the first certificate of TLS_CERT, or is damaged" },
        { "garbage-certificate", "TLS_CERT: the first certificate in the file is damaged" },
    };

    [Fact]
    public async Task NewPair_IsForNewConnectionsAndRunningOnesGoOn()
    {
        await using var tls = await TlsBed.StartAsync();
        Assert.Equal("CN=first", await tls.ShownAsync());
        var gate = new Gate();
        tls.Bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, gate));
        using var client = tls.CreateClient(HttpVersion.Version11);
        using var stream = await TlsBed.OpenAsync(client);
        await stream.UntilAsync("\"content\":\"a\"");

        tls.Write(tls.Authority.Issue("second"));
        Assert.Equal("CN=first", await tls.ShownAsync());
        tls.Look();
        Assert.Equal("CN=second", await tls.ShownAsync());

        gate.Release();
        Assert.Equal("data: [DONE]", (await stream.RestAsync())[^1]);
        Assert.Single(
            await tls.Bed.Gateway.StopAndReadLogAsync(), line => line.Contains("TLS certificate was read again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SwappedLinks_AreSeen()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var (tls, swap) = await TlsBed.StartWithLinksAsync();
        await using var bed = tls;
        Assert.Equal("CN=first", await tls.ShownAsync());
        swap(tls.Authority.Issue("second"));
        tls.Look();
        Assert.Equal("CN=second", await tls.ShownAsync());
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task BrokenPair_KeepsTheOldOneAndIsSaidOnce(string kind, string reason)
    {
        await using var tls = await TlsBed.StartAsync();
        var whole = tls.Authority.Issue("second");
        Break(tls, kind, whole);
        tls.Look();
        tls.Look();
        Assert.Equal("CN=first", await tls.ShownAsync());
        tls.Write(whole);
        tls.Look();
        Assert.Equal("CN=second", await tls.ShownAsync());

        var log = await tls.Bed.Gateway.StopAndReadLogAsync();
        var complaint = Assert.Single(log, line => line.Contains("the old certificate stays in force", StringComparison.Ordinal));
        Assert.Contains(reason.Replace("\"", "\\\"", StringComparison.Ordinal), complaint, StringComparison.Ordinal);
        Assert.All(
            whole.Key.Split('\n').Where(line => line.Length > 20 && !line.StartsWith('-')),
            secret => Assert.DoesNotContain(log, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Certificate_ThatExpires_IsWarnedOfOnce()
    {
        await using var tls = await TlsBed.StartAsync();
        var now = tls.Bed.Gateway.Clock.GetUtcNow();
        tls.Write(tls.Authority.Issue("short", notAfter: now.AddHours(1)));
        tls.Look();
        tls.Bed.Gateway.Clock.Advance(TimeSpan.FromHours(2));
        tls.Look();
        var day = now.AddHours(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var warning = Assert.Single(
            await tls.Bed.Gateway.StopAndReadLogAsync(), line => line.Contains("clients refuse it now", StringComparison.Ordinal));
        Assert.Contains($"to {day}: clients", warning, StringComparison.Ordinal);
    }

    private static void Break(TlsBed tls, string kind, (string Certificate, string Key) pair)
    {
        var (certificate, key) = kind switch
        {
            "half-certificate" => (pair.Certificate[..200], pair.Key),
            "half-chain" => (pair.Certificate[..^100], pair.Key),
            "empty-key" => (pair.Certificate, ""),
            "old-key" => (pair.Certificate, File.ReadAllText(tls.KeyPath)),
            "garbage-key" => (pair.Certificate, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
            "garbage-certificate" => ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", pair.Key),
            _ => pair,
        };
        tls.Write((certificate, key));
        if (kind == "no-certificate")
        {
            File.Delete(tls.CertificatePath);
        }
    }
}
