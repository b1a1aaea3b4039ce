using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>Callers of both APIs with load options of their own share hosts that load models as a real Ollama does.</summary>
public sealed class SharedRunnersTests
{
    private const int Rounds = 20;

    private static readonly EmulatorOptions Scheduled = new()
    {
        Scheduling = new SchedulingOptions
        {
            MaxLoadedModels = 2,
            LoadTime = TimeSpan.FromMilliseconds(20),
            TokenTime = TimeSpan.FromMilliseconds(1),
        },
    };

    [Fact]
    public async Task Callers_WithLoadOptionsInTurns_CauseNoReload()
    {
        await using var bed = await GatewayOverHosts.StartAsync(
            [Scheduled, Scheduled], settings => settings with { NativeApi = NativeApi.On });
        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(RequestsOf(round).Select(request => bed.PostAsync(request.Path, request.Body)));
            Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.Body));
            await bed.ProbeAsync();
        }

        var loads = bed.Ollamas.SelectMany(ollama => ollama.Runners.Loads).ToArray();
        Assert.NotEmpty(loads);
        Assert.All(loads, load => Assert.Equal(LoadReason.First, load.Reason));
    }

    private static IEnumerable<(string Path, string Body)> RequestsOf(int round) =>
    [
        ("/api/chat", $$$"""
            {"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":false,"shift":false,"keep_alive":{{{round}}},
             "options":{"num_predict":3,"num_ctx":{{{2048 + round}}},"num_gpu":{{{round % 2}}},"num_thread":{{{1 + round % 4}}}}}
            """),
        ("/api/generate", $$$"""
            {"model":"plain","prompt":"hi","stream":false,"options":{"num_predict":3,"num_batch":{{{64 + round}}},"use_mmap":false,"main_gpu":1}}
            """),
        ("/v1/chat/completions", $$$"""
            {"model":"plain","messages":[{"role":"user","content":"hi"}],"max_tokens":3,"options":{"num_ctx":{{{8192 + round}}}},"keep_alive":"1s"}
            """),
        ("/v1/embeddings", """{"model":"embed","input":["a","b"],"options":{"num_ctx":128}}"""),
    ];
}
