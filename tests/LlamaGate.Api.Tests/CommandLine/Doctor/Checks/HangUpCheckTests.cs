using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.Tests.CommandLine.Connections;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.CommandLine.Doctor.Checks;

/// <summary>A caller who leaves on the other side of a proxy.</summary>
[Collection(nameof(RunsAlone))]
public sealed class HangUpCheckTests : IDisposable
{
    private readonly HttpClient _http = CommandHttp.Create();

    [Fact]
    public async Task HangUp_ThatTheGatewayHears_IsOk()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        SerialOllama.Teach(bed.Ollama);
        var finding = await DoctorTestBed.AskAsync(
            new HangUpCheck(), CreateContext(bed, bed.Client.BaseAddress!, new(TimeSpan.FromMilliseconds(20))));
        Assert.Equal((Severity.Ok, "Ollama stops generating when a client of this URL disconnects."), (finding.Severity, finding.Title));
    }

    [Fact]
    public async Task HangUp_ProxyThatDoesNotNotice_IsWarnedOf()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        SerialOllama.Teach(bed.Ollama);
        // It looks at its client only when it has something to write to him.
        await using var proxy = new RelayingProxy(bed.Client.BaseAddress!, buffers: false);
        var clock = new SteppingClock(TimeSpan.FromMilliseconds(20));
        var asking = DoctorTestBed.AskAsync(new HangUpCheck(), CreateContext(bed, proxy.Root, clock));
        await bed.Ollama.WaitForRequestAsync(
            request => request.Body.Contains("\"num_predict\":1}", StringComparison.Ordinal), GatewayOverOllama.LongestWait);
        clock.Advance(TimeSpan.FromSeconds(30));
        var finding = await asking;
        Assert.Equal(
            (Severity.Warning, "Ollama continues to generate after a client of this URL has disconnected."), (finding.Severity, finding.Title));
    }

    [Fact]
    public async Task HangUp_WithoutAUrl_IsNotLookedAt() => Assert.Equal(
        Severity.Skipped,
        (await DoctorTestBed.AskAsync(new HangUpCheck(), DoctorTestBed.CreateContext(_http, new()))).Severity);

    public void Dispose() => _http.Dispose();

    private DiagnosisContext CreateContext(GatewayOverOllama bed, Uri url, SteppingClock clock)
    {
        var context = DoctorTestBed.CreateContext(_http, new() { OllamaHost = bed.Ollama.Address }, url, clock);
        context.OllamaAnswers = context.GatewayAnswers = true;
        context.Model = new InstalledModel("plain", 1, RemoteHost: null, Capabilities: null);
        context.WarmFirstToken = TimeSpan.FromMilliseconds(20);
        context.IsParallel = false;
        return context;
    }
}
