using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tests.Tls;

namespace LlamaGate.Cluster.Tests;

/// <summary>What a start and check-config make of REDIS_URL and CLUSTER_….</summary>
public sealed class ClusterSettingsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new();

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("10.0.0.7:11111", "", "", "CLUSTER_CERTIFICATE: not set, although CLUSTER_ADDRESS 10.0.0.7:11111 can be reached from other machines")]
    [InlineData("", "own.pem", "", "CLUSTER_CA: not set, although CLUSTER_CERTIFICATE is")]
    [InlineData("", "", "ca.pem", "CLUSTER_CERTIFICATE: not set, although CLUSTER_CA is")]
    [InlineData("", "none.pem", "ca.pem", "CLUSTER_CERTIFICATE: \"none.pem\" cannot be read: it does not exist")]
    [InlineData("", "own.pem", "none.pem", "CLUSTER_CA: \"none.pem\" cannot be read: it does not exist")]
    [InlineData("", "ca.pem", "ca.pem", "CLUSTER_CERTIFICATE: the file contains no complete PEM private key")]
    [InlineData("", "own.pem", "empty.pem", "CLUSTER_CA: \"empty.pem\" contains no PEM certificate")]
    [InlineData("", "old.pem", "ca.pem", "CLUSTER_CERTIFICATE: the certificate is only valid from 2020-01-01 to 2021-01-01")]
    [InlineData("", "own.pem", "other.pem", "CLUSTER_CERTIFICATE: \"own.pem\" was not issued by an authority of CLUSTER_CA")]
    public async Task Settings_ThatCannotBeUsed_AreRefusedByCheckAndStart(string address, string certificate, string authorities, string expected)
    {
        WriteFiles();
        (string, string)[] variables =
        [
            ("REDIS_URL", "redis://:redis-secret@127.0.0.1:1"), ("CLUSTER_ADDRESS", address), ("CLUSTER_CERTIFICATE", certificate),
            ("CLUSTER_CA", authorities), ("PORT", GatewayRun.FreePort()),
        ];
        foreach (var arguments in new string[][] { ["check-config"], [] })
        {
            using var run = GatewayRun.Start(_directory, arguments, variables);
            var (exit, output, error) = await run.EndAsync();
            Assert.Equal((1, ""), (exit, output));
            var complaint = Assert.Single(error.TrimEnd().Split('\n').Skip(1));
            Assert.StartsWith("  " + expected, complaint.TrimEnd(), StringComparison.Ordinal);
            Assert.DoesNotContain("redis-secret", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CheckConfig_WithAllOfThem_ShowsThemWithoutThePassword()
    {
        WriteFiles();
        using var check = GatewayRun.Start(
            _directory, ["check-config"], ("REDIS_URL", "rediss://me:redis-secret@redis/2"), ("CLUSTER_ADDRESS", "10.0.0.7:11111"),
            ("CLUSTER_CERTIFICATE", "own.pem"), ("CLUSTER_CA", "ca.pem"));
        var (exit, output, error) = await check.EndAsync();
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("rediss://redis:6379/2", output, StringComparison.Ordinal);
        Assert.Contains("with a password (set, not shown)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("redis-secret", output, StringComparison.Ordinal);
    }

    private void WriteFiles()
    {
        Write("own.pem", Joined(_authority.Issue("own")));
        Write("old.pem", Joined(_authority.Issue("old", notAfter: new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero))));
        Write("ca.pem", _authority.RootPem);
        Write("other.pem", _other.RootPem);
        Write("empty.pem", "nothing");
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_directory, name), content);

    private static string Joined((string Certificate, string Key) pair) => pair.Certificate + pair.Key;
}
