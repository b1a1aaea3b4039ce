using System.Globalization;
using System.Text;
using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Completions;

/// <summary>More than one call, the cache, aliases, callers who leave.</summary>
public class CompletionExchangeTests
{
    [Fact]
    public async Task Prompts_WithNAnswers_AreIndexedByPromptFirst()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Respond(request => Plain(Named(request)));
        var answer = await bed.PostAsync(
            CompletionBody.Path, """{"model":"plain","prompt":["a","b","c"],"n":2,"seed":1,"echo":true}""");
        Assert.Equal(
            ["0:aa1", "1:aa2", "2:bb1", "3:bb2", "4:cc1", "5:cc2"],
            answer.Json.GetProperty("choices").EnumerateArray().Select(c => $"{c.GetProperty("index")}:{c.GetProperty("text")}"),
            StringComparer.Ordinal);
        Assert.Equal(
            """{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}""", answer.Json.GetProperty("usage").GetRawText());
    }

    [Fact]
    public async Task BestOf_GivesTheLikeliestAndCountsAll()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Respond(request => Plain(Named(request)));
        var answer = await bed.PostAsync(
            CompletionBody.Path, """{"model":"plain","prompt":"a","n":2,"best_of":4,"seed":1}""");
        // Log probabilities are -1/seed: the last seeds are the likeliest.
        Assert.Equal(
            """[{"text":"a4","index":0,"logprobs":null,"finish_reason":"stop"},{"text":"a3","index":1,"logprobs":null,"finish_reason":"stop"}]""",
            answer.Json.GetProperty("choices").GetRawText());
        Assert.Equal(
            """{"prompt_tokens":3,"completion_tokens":8,"total_tokens":11}""", answer.Json.GetProperty("usage").GetRawText());
        Assert.All(bed.Ollama.Requests, r => Assert.EndsWith("\"logprobs\":true}", r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task BestOf_WithoutLogprobsOfOllama_IsABadGateway()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await AskWithoutLogprobsAsync(bed);
        Assert.Equal((502, "upstream_error"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task FailureOfOneCall_EndsTheOthers()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var gate = new Gate();
        bed.Ollama.Respond(request => request.Json().GetProperty("prompt").GetString() == "bad"
            ? Scenario.Recorded("generate_missing_model").PauseAt(0, gate)
            : Scenario.Default with { Ending = Ending.Hang, FirstDelay = TimeSpan.FromMinutes(5) });
        var asking = bed.PostAsync(CompletionBody.Path, """{"model":"plain","prompt":["a","bad","c"]}""");
        var others = new List<RecordedRequest>();
        for (var i = 0; i < 3; i++)
        {
            others.Add(await bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, CompletionBody.NativePath));
        }

        gate.Release();
        var answer = await asking;
        Assert.Equal((404, "model_not_found"), (answer.Status, answer.ErrorCode));
        foreach (var other in others.Where(o => !o.Body.Contains("bad", StringComparison.Ordinal)))
        {
            await other.Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        }
    }

    [Fact]
    public async Task Stream_OfSeveralAnswers_IsInterleavedByIndex()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var (first, second) = (new Gate(), new Gate());
        bed.Ollama.Respond(request => request.Json().GetProperty("prompt").GetString() == "a"
            ? Scenario.Says("a1", "a2").PauseAt(1, first)
            : Scenario.Says("b1", "b2").PauseAt(0, second));
        using var stream = await bed.OpenAsync(
            CompletionBody.Path,
            """{"model":"plain","prompt":["a","b"],"stream":true,"echo":true,"stream_options":{"include_usage":true}}""");
        await stream.UntilAsync("\"text\":\"a1\"");
        second.Release();
        await stream.UntilAsync("\"index\":1,\"logprobs\":null,\"finish_reason\":\"stop\"");
        first.Release();
        var rest = string.Join('\n', (await stream.RestAsync()).Where(e => e.StartsWith("data", StringComparison.Ordinal)).Select(Tail));
        Assert.Equal(
            """
            "choices":[{"text":"a2","index":0,"logprobs":null,"finish_reason":null}],"usage":null}
            "choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":null}
            "choices":[],"usage":{"prompt_tokens":2,"completion_tokens":4,"total_tokens":6}}
            data: [DONE]
            """.ReplaceLineEndings("\n"),
            rest);

        static string Tail(string chunk) => chunk[Math.Max(0, chunk.IndexOf("\"choices\"", StringComparison.Ordinal))..];
    }

    [Fact]
    public async Task StreamedLogprobs_LeadIntoTheText()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Lines(
            """{"response":"","thinking":"hm","done":false,"logprobs":[{"token":"hm","logprob":0}]}""",
            """{"response":"é😀","done":false,"logprobs":[{"token":"é","logprob":-1,"top_logprobs":[{"token":"é","logprob":-1},{"token":"x","logprob":-2}]},{"token":"😀","logprob":-3,"top_logprobs":[{"token":"y","logprob":-1}]}]}""",
            """{"response":"!","done":false,"logprobs":[{"token":"!","logprob":-0.5,"top_logprobs":[{"token":"!","logprob":-0.5}]}]}""",
            """{"response":"","done":true,"done_reason":"stop"}"""));
        var answer = await bed.PostAsync(CompletionBody.Path, CompletionBody.With("\"stream\":true,\"logprobs\":2"));
        var logprobs = answer.Body.Split("\n\n").Where(e => e.Contains("\"tokens\"", StringComparison.Ordinal))
            .Select(e => JsonElement.Parse(e["data: ".Length..]).GetProperty("choices")[0].GetProperty("logprobs").GetRawText());
        Assert.Equal(
            [
                """{"tokens":["é","😀"],"token_logprobs":[-1,-3],"top_logprobs":[{"é":-1,"x":-2},{"y":-1,"😀":-3}],"text_offset":[0,1]}""",
                """{"tokens":["!"],"token_logprobs":[-0.5],"top_logprobs":[{"!":-0.5}],"text_offset":[2]}""",
            ],
            logprobs.Select(l => l.Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal)),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task EqualQuestions_AreAnsweredFromTheCacheStreamedOrNot()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { CacheEnabled = true });
        bed.Ollama.Enqueue(Scenario.Recorded("generate_stream"));
        var streamed = await bed.PostAsync(CompletionBody.Path, CompletionBody.HiStreamed);
        var plain = await bed.PostAsync(CompletionBody.Path, CompletionBody.With("\"n\":1,\"echo\":false,\"user\":\"u\""));
        var again = await bed.PostAsync(CompletionBody.Path, CompletionBody.With("\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        Assert.Equal(
            ("miss", "hit", "hit"),
            (streamed.Headers["X-LlamaGate-Cache"], plain.Headers["X-LlamaGate-Cache"], again.Headers["X-LlamaGate-Cache"]));
        Assert.Equal("Hello from the tiny test model.", plain.Json.GetProperty("choices")[0].GetProperty("text").GetString());
        Assert.Equal("""{"prompt_tokens":7,"completion_tokens":8,"total_tokens":15}""", plain.Json.GetProperty("usage").GetRawText());
        Assert.Contains("\"text\":\"Hello from the tiny test model.\"", again.Body, StringComparison.Ordinal);
        Assert.Contains("\"choices\":[],\"usage\":{\"prompt_tokens\":7", again.Body, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", again.Body, StringComparison.Ordinal);
        Assert.Single(bed.Ollama.Requests);
    }

    [Fact]
    public async Task Alias_IsAskedAsItsModelAndAnsweredAsAsked()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { ModelAliases = new([new("gpt-3.5-turbo-instruct", "plain")]) });
        var answer = await bed.PostAsync(CompletionBody.Path, """{"model":"gpt-3.5-turbo-instruct","prompt":"hi"}""");
        Assert.Equal("gpt-3.5-turbo-instruct", answer.Json.GetProperty("model").GetString());
        Assert.Equal(CompletionBody.Native(), bed.Ollama.Requests[0].Body);
    }

    [Fact]
    public async Task CallerWhoLeavesAStream_EndsAllUpstreamCalls()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Respond(_ => Scenario.Counts(3) with { Ending = Ending.Hang });
        using (var stream = await bed.OpenAsync(CompletionBody.Path, """{"model":"plain","prompt":["a","b"],"stream":true}"""))
        {
            var (first, second) = (false, false);
            while (!(first && second))
            {
                var next = await stream.NextAsync() ?? throw new InvalidOperationException("The stream ended early.");
                first |= next.Contains("\"index\":0", StringComparison.Ordinal);
                second |= next.Contains("\"index\":1", StringComparison.Ordinal);
            }
        }

        foreach (var request in bed.Ollama.Requests)
        {
            await request.Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        }
    }

    private static async Task<HttpAnswer> AskWithoutLogprobsAsync(GatewayOverOllama bed)
    {
        bed.Ollama.Respond(_ => Scenario.Recorded("generate_nonstream"));
        return await bed.PostAsync(CompletionBody.Path, CompletionBody.With("\"best_of\":2"));
    }

    /// <summary>Prompt and seed are the answer, the more likely the higher the seed.</summary>
    private static string Named(RecordedRequest request)
    {
        var body = request.Json();
        var seed = body.GetProperty("options").GetProperty("seed").GetInt32();
        var text = $"{body.GetProperty("prompt").GetString()}{seed}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"response":"{{text}}","done":true,"done_reason":"stop","prompt_eval_count":3,"eval_count":2,"logprobs":[{"token":"{{text}}","logprob":{{-1.0 / seed}}}]}""");
    }

    private static Scenario Plain(string body) =>
        new() { Answer = new RawAnswer(200, "application/json") { Body = Encoding.UTF8.GetBytes(body) } };
}
