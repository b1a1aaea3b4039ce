using System.Text.Json;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Configuration.Hosts;
using LlamaGate.Application.Models;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.CommandLine.Doctor;

/// <summary>The doctor's own calls of a model have the options of the gateway's calls, so that Ollama does not load it again.</summary>
public sealed class DirectCallsTests
{
    private static readonly EmulatedModel Model = new("tiny:latest", ["completion"]);
    private static readonly ModelOptions Options = new(JsonElement.Parse("""{"tiny*":{"num_ctx":4096,"top_k":3,"num_predict":9,"keep_alive":"30m"}}"""));

    [Fact]
    public async Task Call_OfAModelWithoutOptions_HasOnlyItsLimit()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        Assert.Equal("""{"num_predict":1} none""", await GenerateAsync(bed, bed.CreateContext().Ollama));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hosts.json")]
    public async Task Call_OfAModelThatIsNotLoaded_HasModelOptions(string hostsFile)
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        var context = bed.CreateContext(settings => settings with { ModelOptions = Options, HostsFile = hostsFile });
        Assert.Equal("""{"num_ctx":4096,"top_k":3,"num_predict":1} "30m" """.TrimEnd(), await GenerateAsync(bed, context.Ollama));
    }

    [Fact]
    public async Task Call_OfARunnerOnSharedHosts_HasItsContextAndLeavesItsTime()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        bed.Ollama.Enqueue(Scenario.Recorded("ps_loaded"), "/api/ps");
        var context = bed.CreateContext(settings => settings with { ModelOptions = Options, HostsFile = "hosts.json" });
        Assert.Equal("""{"top_k":3,"num_ctx":2048,"num_predict":1} none""", await GenerateAsync(bed, context.Ollama));
    }

    [Fact]
    public async Task Call_WithHostsFile_HasItsOptionsBeforeModelOptions()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        using var file = new HostsFileBed();
        var path = file.Write(
            "hosts.json", $$"""{"hosts":[{"name":"one","url":"{{bed.Ollama.Address}}"}],"models":{"tiny*":{"num_ctx":512} } }""");
        var settings = new GatewaySettings { HostsFile = path, ModelOptions = Options };
        using var hosts = DiagnosedHosts.Of(settings, bed.Http, TimeProvider.System);
        Assert.Equal("""{"top_k":3,"num_ctx":512,"num_predict":1} "30m" """.TrimEnd(), await GenerateAsync(bed, hosts.All[0].Ollama));
    }

    [Fact]
    public async Task Check_OfAModelWithOptions_HasThemInEachCall()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Model);
        bed.Ollama.Respond(request => request.Path == "/api/chat" ? Scenario.Counts(8) : null);
        var context = bed.CreateContext(settings => settings with { ModelOptions = Options });
        context.Model = new InstalledModel(Model.Name, Model.Size, RemoteHost: null, Capabilities: null);
        await DoctorTestBed.AskAsync(new FirstTokenCheck(), context);
        var contexts = bed.Ollama.Requests.Where(request => request.Path == "/api/chat")
            .Select(request => request.Json().GetProperty("options").GetProperty("num_ctx").GetInt32());
        Assert.Equal([4096, 4096], contexts);
    }

    /// <summary>The options and <c>keep_alive</c> of a call.</summary>
    private static async Task<string> GenerateAsync(DoctorTestBed bed, OllamaProbe ollama)
    {
        bed.Ollama.Respond(request => request.Path == "/api/chat" ? Scenario.Counts(1) : null);
        using var generation = await ollama.GenerateAsync(Model.Name, maxTokens: 1, CancellationToken.None);
        await generation.ReadToEndAsync(CancellationToken.None);
        var body = bed.Ollama.Requests.Single(request => request.Path == "/api/chat").Json();
        var keepAlive = body.TryGetProperty("keep_alive", out var time) ? time.GetRawText() : "none";
        return $"{body.GetProperty("options").GetRawText()} {keepAlive}";
    }
}
