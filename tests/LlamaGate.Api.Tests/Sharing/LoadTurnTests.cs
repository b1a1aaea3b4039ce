namespace LlamaGate.Api.Tests.Sharing;

/// <summary>Callers of all kinds work with two models of which one fits.</summary>
public sealed class LoadTurnTests
{
    private const int Rounds = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Callers_OfTwoModelsWhereOneFits_CauseFewLoadsAndNoReload(int slots)
    {
        await using var bed = await SharingBed.StartAsync(SharingSetup.InRealTime with
        {
            Slots = slots,
            Hosts = [SharingSetup.Quick with { Parallel = slots }],
        });
        var callers = Callers(0).Count();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => RunAsync(bed, caller)));

        var runners = bed.Host.Runners;
        Assert.Equal(0, runners.Reloads);
        Assert.InRange(runners.Loads.Count, 2, Rounds * callers / 5);
        Assert.InRange(runners.MaxInside("plain"), 1, slots);
        Assert.Equal(1, runners.MaxInside("embed"));
        AssertOptions(bed);
    }

    private static async Task RunAsync(SharingBed bed, int caller)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (path, body) = Callers(round).ElementAt(caller);
            var answer = await bed.PostAsync(path, body);
            Assert.True(answer.Status == 200, answer.Body);
        }
    }

    /// <summary>What the callers wish for reaches no host: only the context of the runner does.</summary>
    private static void AssertOptions(SharingBed bed)
    {
        string[] load = ["num_gpu", "num_thread", "num_batch", "use_mmap", "main_gpu", "draft_num_predict"];
        foreach (var request in bed.Host.Requests.Where(request => request.Method == "POST" && request.Path != "/api/show"))
        {
            var call = request.Json();
            Assert.False(call.TryGetProperty("shift", out _));
            if (call.TryGetProperty("keep_alive", out var keepAlive))
            {
                Assert.Equal("0", keepAlive.GetRawText()); // The gateway unloads a victim.
            }

            if (call.TryGetProperty("options", out var options))
            {
                Assert.Equal(call.GetProperty("model").GetString() == "embed" ? 256 : 8192, SharingBed.ContextOf(request));
                Assert.DoesNotContain(options.EnumerateObject(), option => load.Contains(option.Name, StringComparer.Ordinal));
            }
        }
    }

    private static IEnumerable<(string Path, string Body)> Callers(int round) =>
    [
        ("/v1/chat/completions", $$$"""
            {"model":"plain","messages":[{"role":"user","content":"hi"}],"max_tokens":3,"keep_alive":"1s",
             "options":{"num_ctx":{{{9000 + round}}}}}
            """),
        ("/api/chat", $$$"""
            {"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":false,"shift":false,"keep_alive":{{{round}}},
             "options":{"num_predict":3,"num_ctx":{{{2048 + round}}},"num_gpu":{{{round % 2}}},"num_thread":{{{1 + round % 4}}}}}
            """),
        ("/api/generate", $$$"""
            {"model":"plain","prompt":"hi","stream":false,
             "options":{"num_predict":3,"num_batch":{{{64 + round}}},"use_mmap":false,"main_gpu":1}}
            """),
        ("/v1/embeddings", """{"model":"embed","input":["a","b"],"options":{"num_ctx":128},"keep_alive":0}"""),
        ("/api/embed", $$$"""{"model":"embed","input":"a","keep_alive":"{{{round}}}s","options":{"num_ctx":{{{round + 64}}},"num_gpu":1}}"""),
        ("/api/embeddings", """{"model":"embed","prompt":"a","keep_alive":-1}"""),
    ];
}
