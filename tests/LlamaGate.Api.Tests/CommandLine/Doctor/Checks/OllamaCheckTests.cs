using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.Tests.CommandLine.Connections;

namespace LlamaGate.Api.Tests.CommandLine.Doctor.Checks;

public sealed class OllamaCheckTests : IDisposable
{
    private readonly HttpClient _http = CommandHttp.Create();

    [Fact]
    public async Task Ollama_There_IsOkAndItsVersionIsLearned()
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        var context = bed.CreateContext();
        var finding = await DoctorTestBed.AskAsync(new OllamaCheck(), context);
        Assert.Equal((Severity.Ok, $"Ollama answers at {Shown(bed.Ollama.Address)}."), (finding.Severity, finding.Title));
        Assert.True(context.OllamaAnswers);
        Assert.Equal("0.33.0-rc2", context.OllamaVersion);
    }

    [Fact]
    public async Task Ollama_CredentialsInTheAddress_AreSentAndNotShown()
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        var address = new UriBuilder(bed.Ollama.Address) { UserName = "me", Password = "pw%40123" }.Uri;
        var finding = await DoctorTestBed.AskAsync(new OllamaCheck(), bed.CreateContext(settings => settings with { OllamaHost = address }));
        Assert.Equal(Severity.Ok, finding.Severity);
        Assert.DoesNotContain("pw", finding.ToString(), StringComparison.Ordinal);
        var request = await bed.Ollama.NextRequestAsync(TimeSpan.FromSeconds(30), "/api/version");
        Assert.Equal("Basic " + Convert.ToBase64String("me:pw@123"u8), request.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "The connection was refused", "ollama serve")]
    [InlineData("http://no-such-host.invalid:11434", "The host name has no address", "in a container, localhost")]
    public async Task Ollama_NotThere_SaysWhatIsInTheWay(string address, string detail, string advice)
    {
        var finding = await AskAsync(new Uri(address));
        Assert.Equal((Severity.Error, $"Ollama does not answer at {address}."), (finding.Severity, finding.Title));
        Assert.StartsWith(detail, finding.Detail, StringComparison.Ordinal);
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ollama_TlsWhereThereIsNone_SaysSo()
    {
        await using var server = ScriptedServer.Answering("HTTP/1.1 400 Bad Request\r\n\r\n");
        var finding = await AskAsync(new Uri($"https://127.0.0.1:{server.Root.Port}"));
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.StartsWith("The TLS handshake failed", finding.Detail, StringComparison.Ordinal);
        Assert.StartsWith("Ollama itself serves plain HTTP", finding.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "<html>hello</html>", "is not Ollama.")]
    [InlineData(200, "{}", "is not Ollama.")]
    [InlineData(401, "", "refuses these credentials (401).")]
    [InlineData(403, "", "refuses this host name (403).")]
    [InlineData(403, "{\"error\":\"invalid key\"}", "refuses these credentials (403).")]
    [InlineData(500, """{"error":"out of order"}""", "Ollama answered 500: out of order at ")]
    public async Task Ollama_AnswerThatIsNone_SaysWhatCame(int status, string body, string title)
    {
        await using var server = ScriptedServer.Answering(status, body);
        var finding = await AskAsync(server.Root);
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains(title, finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ollama_KeyOfTheSettings_IsSentAndNotShown()
    {
        await using var server = ScriptedServer.Answering(401, "");
        var finding = await DoctorTestBed.AskAsync(
            new OllamaCheck(), DoctorTestBed.CreateContext(_http, new() { OllamaHost = server.Root, OllamaApiKey = "sesame" }));
        Assert.StartsWith("OLLAMA_API_KEY is missing or wrong.", finding.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", finding.ToString(), StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer sesame\r\n", await server.FirstRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("301 X\r\nLocation: https://me:pw@ollama.example/api/version?k=v", "", "OLLAMA_HOST redirects to https://ollama.example. Set OLLAMA_HOST=https://ollama.example.")]
    [InlineData("302 X\r\nLocation: /login", "", "OLLAMA_HOST redirects to {0}/login, which is not Ollama's API. Check OLLAMA_HOST.")]
    [InlineData("404 Not Found", "/v1", "OLLAMA_HOST must not end in /v1. Set OLLAMA_HOST={0}.")]
    [InlineData("404 Not Found", "/api/", "OLLAMA_HOST must not end in /api. Set OLLAMA_HOST={0}.")]
    [InlineData("200 OK\r\nContent-Type: text/html; charset=utf-8", "", "The server at {0} returns a web page, not Ollama's API. Check host, port and path in OLLAMA_HOST.")]
    public async Task Ollama_AddressThatLeadsElsewhere_SaysWhatToSet(string head, string path, string title)
    {
        await using var server = ScriptedServer.Answering($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n");
        var finding = await AskAsync(new Uri(Shown(server.Root) + path));
        Assert.Equal(
            (Severity.Error, string.Format(System.Globalization.CultureInfo.InvariantCulture, title, Shown(server.Root))),
            (finding.Severity, finding.Title));
    }

    [Theory]
    [InlineData("0.33.0-rc2", Severity.Ok, 0)]
    [InlineData("0.12.11", Severity.Ok, 0)]
    [InlineData("0.12.10", Severity.Warning, 1)]
    [InlineData("0.12.5", Severity.Warning, 2)]
    [InlineData("0.5.7", Severity.Warning, 3)]
    [InlineData("0.0.0", Severity.Info, 0)]
    [InlineData("main", Severity.Info, 0)]
    internal void Version_TooOldForWhatIsUsed_SaysWhatIsLost(string version, Severity expected, int lost)
    {
        var finding = OllamaVersionCheck.Judge(version);
        Assert.Equal(expected, finding.Severity);
        Assert.Equal(lost, finding.Severity is Severity.Warning ? finding.Detail!.Split('\n').Length : 0);
        Assert.Contains(version, finding.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_ThatAgrees_IsOk()
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        Assert.Equal(Severity.Ok, (await DoctorTestBed.AskAsync(new ClockCheck(), bed.CreateContext())).Severity);
    }

    [Fact]
    public async Task Clock_ThatIsOff_IsWarnedOf()
    {
        await using var server = ScriptedServer.Answering(
            "HTTP/1.1 200 OK\r\nDate: Sat, 01 Jan 2000 00:00:00 GMT\r\nConnection: close\r\n\r\n{}");
        var context = DoctorTestBed.CreateContext(
            _http, new() { OllamaHost = server.Root },
            clock: new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new(2000, 1, 1, 0, 2, 0, TimeSpan.Zero)));
        var finding = await DoctorTestBed.AskAsync(new ClockCheck(), context);
        Assert.Equal((Severity.Warning, "Ollama is 120.0 s behind this machine."), (finding.Severity, finding.Detail));
    }

    [Fact]
    public async Task Clock_NoDateInTheAnswers_CouldNotTell()
    {
        await using var server = ScriptedServer.Answering(200, "{}");
        Assert.Equal(
            "Unknown: no answer contains the time.",
            (await DoctorTestBed.AskAsync(new ClockCheck(), DoctorTestBed.CreateContext(_http, new() { OllamaHost = server.Root }))).Title);
    }

    public void Dispose() => _http.Dispose();

    private Task<Finding> AskAsync(Uri address) =>
        DoctorTestBed.AskAsync(new OllamaCheck(), DoctorTestBed.CreateContext(_http, new() { OllamaHost = address }));

    private static string Shown(Uri address) => address.AbsoluteUri.TrimEnd('/');
}
