using System.Net;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.CommandLine.Doctor.Checks;

/// <summary>What can be seen without asking anybody.</summary>
public sealed class SettingsChecksTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;
    private readonly HttpClient _http = new();

    [Fact]
    public async Task Configuration_Valid_IsOk() =>
        Assert.Equal(Severity.Ok, (await DoctorTestBed.AskAsync(new ConfigurationCheck(), Of(new GatewaySettings()))).Severity);

    [Fact]
    public async Task Configuration_NotValid_TellsEveryError()
    {
        var finding = await DoctorTestBed.AskAsync(new ConfigurationCheck(), Of(new GatewaySettings(), "PORT: no", "TIMEOUT: no"));
        Assert.Equal((Severity.Error, "PORT: no\nTIMEOUT: no"), (finding.Severity, finding.Detail));
    }

    [Fact]
    public async Task EnvFile_NotThere_IsSaid()
    {
        var finding = await DoctorTestBed.AskAsync(new EnvFileCheck(), Of(new GatewaySettings()));
        Assert.Equal((Severity.Info, $"There is no .env in {_directory}."), (finding.Severity, finding.Title));
    }

    [Theory]
    [InlineData("600", Severity.Ok)]
    [InlineData("400", Severity.Ok)]
    [InlineData("640", Severity.Warning)]
    [InlineData("604", Severity.Warning)]
    [InlineData("620", Severity.Warning)]
    internal async Task EnvFile_Readable_OnlyTheOwnersIsOk(string mode, Severity expected)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = Path.Combine(_directory, ".env");
        await File.WriteAllTextAsync(path, "API_KEY=sesame\n");
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, fromBase: 8));
        var finding = await DoctorTestBed.AskAsync(new EnvFileCheck(), Of(new GatewaySettings()));
        Assert.Equal(expected, finding.Severity);
        Assert.Equal(expected is Severity.Warning ? $"chmod 600 '{path}'" : null, finding.Advice);
        Assert.DoesNotContain("sesame", finding.ToString(), StringComparison.Ordinal);
        Assert.Equal(expected is Severity.Warning, finding.Title.Contains($"(mode {mode})", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1", "", Severity.Ok)]
    [InlineData("::1", "", Severity.Ok)]
    [InlineData("0.0.0.0", "sesame", Severity.Ok)]
    [InlineData("0.0.0.0", "", Severity.Warning)]
    [InlineData("::", "", Severity.Warning)]
    [InlineData("192.168.1.5", "", Severity.Warning)]
    internal async Task ListenAddress_OpenWithoutAKey_IsWarnedOf(string listen, string key, Severity expected)
    {
        var finding = await DoctorTestBed.AskAsync(
            new ListenAddressCheck(), Of(new GatewaySettings { ListenAddress = IPAddress.Parse(listen), ApiKey = key }));
        Assert.Equal(expected, finding.Severity);
        Assert.DoesNotContain("sesame", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", Severity.Ok)]
    [InlineData("http://localhost:8080", Severity.Ok)]
    [InlineData("https://llm.example.com", Severity.Ok)]
    [InlineData("http://llm.example.com", Severity.Warning)]
    [InlineData("http://192.168.1.5:8080", Severity.Warning)]
    internal async Task Transport_PlainOverTheNetwork_IsWarnedOf(string url, Severity expected) => Assert.Equal(
        expected,
        (await DoctorTestBed.AskAsync(new TransportCheck(), DoctorTestBed.CreateContext(_http, new GatewaySettings(), new Uri(url)))).Severity);

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private DiagnosisContext Of(GatewaySettings settings, params string[] errors) => new()
    {
        Settings = settings,
        ConfigurationErrors = errors,
        Directory = _directory,
        EnvFile = Path.Combine(_directory, ".env"),
        Gateway = new Uri("http://127.0.0.1:1"),
        Http = _http,
        Hosts = [.. settings.OllamaHosts.Select(host => DiagnosedHosts.Of(host, _http, settings, TimeProvider.System))],
        Clock = TimeProvider.System,
    };
}
