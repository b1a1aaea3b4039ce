using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.CommandLine.Connections;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.CommandLine.Doctor.Checks;

/// <summary>What is seen of the running gateway, directly and through a proxy.</summary>
[Collection(nameof(RunsAlone))]
public sealed class GatewayChecksTests : IDisposable
{
    private readonly HttpClient _http = CommandHttp.Create();

    [Fact]
    public async Task Gateway_Running_IsOk()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var context = CreateContext(bed.Client.BaseAddress!);
        Assert.Equal(Severity.Ok, (await DoctorTestBed.AskAsync(new GatewayCheck(), context)).Severity);
        Assert.True(context.GatewayAnswers);
    }

    [Fact]
    public async Task Gateway_ThatDoesNotReachOllama_IsAnError()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.HealthStatus = 500;
        var context = CreateContext(bed.Client.BaseAddress!);
        var finding = await DoctorTestBed.AskAsync(new GatewayCheck(), context);
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.EndsWith("but cannot reach Ollama.", finding.Title, StringComparison.Ordinal);
        Assert.True(context.GatewayAnswers);
    }

    [Fact]
    public async Task Gateway_NotThere_IsAnErrorWhereItsUrlWasGiven()
    {
        var given = CreateContext(new Uri("http://127.0.0.1:1"));
        Assert.Equal(Severity.Error, (await DoctorTestBed.AskAsync(new GatewayCheck(), given)).Severity);
        var local = DoctorTestBed.CreateContext(_http, new GatewaySettings());
        var finding = await DoctorTestBed.AskAsync(new GatewayCheck(), local);
        Assert.Equal((Severity.Warning, "No gateway runs at http://127.0.0.1:1."), (finding.Severity, finding.Title));
        Assert.False(given.GatewayAnswers || local.GatewayAnswers);
    }

    [Theory]
    [InlineData("sesame", "sesame", Severity.Ok, "The gateway accepts this API_KEY and refuses requests without a key.")]
    [InlineData("sesame", "other", Severity.Error, "The gateway refuses this API_KEY (401).")]
    [InlineData("sesame", "", Severity.Warning, "The gateway requires a key, and none is set here.")]
    [InlineData("", "other", Severity.Warning, "The gateway requires no key, although API_KEY is set here.")]
    [InlineData("", "", Severity.Ok, "The gateway requires no key; the URL is local.")]
    internal async Task ApiKey_OfTheGatewayAndOfTheSettings_AreCompared(
        string running, string known, Severity expected, string title)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ApiKey = running });
        var finding = await DoctorTestBed.AskAsync(new ApiKeyCheck(), CreateContext(bed.Client.BaseAddress!, known));
        Assert.Equal((expected, title), (finding.Severity, finding.Title));
        Assert.DoesNotContain("sesame", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 200, 200, Severity.Error)]
    [InlineData(true, 200, 401, Severity.Ok)]
    [InlineData(true, 429, 429, Severity.Warning)]
    [InlineData(false, 502, 502, Severity.Warning)]
    internal void ApiKey_OverTheNetwork_NoneIsAnError(bool hasKey, int with, int without, Severity expected) =>
        Assert.Equal(expected, ApiKeyCheck.Judge(hasKey, with, without, isLocal: false).Severity);

    [Theory]
    [InlineData(false, Severity.Ok, "Streams arrive token by token.")]
    [InlineData(true, Severity.Warning, "Streams do not arrive token by token: something between here and the gateway holds them back.")]
    internal async Task Streaming_ThroughAProxy_IsOkUnlessItBuffers(bool buffers, Severity expected, string title)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ApiKey = "sesame", CacheEnabled = true });
        await using var proxy = new RelayingProxy(bed.Client.BaseAddress!, buffers);
        var context = CreateContext(proxy.Root, "sesame");
        // Twice: what the cache gives again would come at once, and be taken for a proxy that buffers.
        for (var round = 0; round < 2; round++)
        {
            var finding = await DoctorTestBed.AskAsync(new StreamingCheck(), context);
            Assert.Equal((expected, title), (finding.Severity, finding.Title));
        }
    }

    [Fact]
    public async Task Streaming_WithoutAProxy_IsOk()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.Equal(
            Severity.Ok, (await DoctorTestBed.AskAsync(new StreamingCheck(), CreateContext(bed.Client.BaseAddress!))).Severity);
    }

    [Fact]
    public async Task Streaming_AnswerTooShortToTell_IsAskedForMoreAndSaysSo()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var context = CreateContext(bed.Client.BaseAddress!);
        context.Model = new InstalledModel("emu:tokens-3", 1, RemoteHost: null, Capabilities: null);
        var finding = await DoctorTestBed.AskAsync(new StreamingCheck(), context);
        Assert.Equal(Severity.Info, finding.Severity);
        Assert.Contains("\"num_predict\":48", (await bed.NextChatUpstreamAsync()).Body, StringComparison.Ordinal);
        Assert.Contains("\"num_predict\":400", (await bed.NextChatUpstreamAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streaming_RefusedByTheGateway_SaysWithWhat()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ApiKey = "sesame" });
        var failure = await Assert.ThrowsAsync<UnexpectedAnswerException>(
            () => DoctorTestBed.AskAsync(new StreamingCheck(), CreateContext(bed.Client.BaseAddress!)));
        Assert.Equal("The gateway answered 401", failure.Message);
    }

    [Theory]
    [InlineData(40, 25, 1000, Severity.Ok)] // each by itself
    [InlineData(40, 50, 1000, Severity.Ok)] // slower than it was written: the network is slow, not the proxy
    [InlineData(40, 1, 1000, Severity.Warning)] // all at once
    [InlineData(40, 5, 1000, Severity.Warning)] // in a fifth of the time
    [InlineData(7, 100, 1000, Severity.Info)] // too few
    [InlineData(40, 1, 100, Severity.Info)] // too fast
    internal void Streaming_Judged_ByHowTheEventsCame(int events, int gap, int generating, Severity expected) => Assert.Equal(
        expected,
        StreamingCheck.Judge(new StreamedAnswer(
            [.. Enumerable.Range(0, events).Select(i => TimeSpan.FromMilliseconds(i * gap))],
            TimeSpan.FromMilliseconds(generating))).Severity);

    /// <summary>A proxy that hands on whenever a buffer is full: over the whole time, but in lumps.</summary>
    [Fact]
    public void Streaming_InLumps_IsWarnedOf() => Assert.Equal(
        Severity.Warning,
        StreamingCheck.Judge(new StreamedAnswer(
            [.. Enumerable.Range(0, 40).Select(i => TimeSpan.FromMilliseconds(i / 10 * 250))], TimeSpan.FromSeconds(1))).Severity);

    [Fact]
    public void Streaming_NoTimeOfOllama_CouldNotTell() => Assert.Equal(
        Severity.Info,
        StreamingCheck.Judge(new StreamedAnswer([.. Enumerable.Repeat(TimeSpan.Zero, 40)], Generating: null)).Severity);

    public void Dispose() => _http.Dispose();

    private DiagnosisContext CreateContext(Uri gateway, string key = "")
    {
        var context = DoctorTestBed.CreateContext(_http, new GatewaySettings { ApiKey = key }, gateway);
        context.Model = new InstalledModel("emu:tokens-40_gap-20ms", 1, RemoteHost: null, Capabilities: null);
        context.WarmFirstToken = TimeSpan.FromMilliseconds(20);
        return context;
    }
}
