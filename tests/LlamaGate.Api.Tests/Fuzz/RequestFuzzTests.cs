using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Fuzz;

/// <summary>
/// Bodies of callers, mutated, through real sockets: whatever is sent, the gateway answers in time, with success or with the
/// envelope of its dialect, and never with a fault of its own. A failure prints the seed that makes it again.
/// </summary>
public sealed class RequestFuzzTests
{
    private static readonly int Iterations = int.Parse(
        Environment.GetEnvironmentVariable("FUZZ_MUTATIONS") ?? "10000", CultureInfo.InvariantCulture);

    private const string Messages = "/v1/messages";

    private static readonly (string Path, string Body)[] Bodies =
    [
        ("/v1/chat/completions", """
            {"model":"tiny","temperature":0,"top_p":0.5,"seed":1,"max_tokens":4,"stop":["a","b"],"frequency_penalty":0,"n":1,
            "messages":[{"role":"system","content":"s"},{"role":"developer","content":[{"type":"text","text":"d"}]},
            {"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="}}]},
            {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},
            {"role":"tool","tool_call_id":"c1","content":"r"},
            {"role":"assistant","content":"","function_call":{"name":"f","arguments":"{}"},"refusal":null,"reasoning_content":"t"},
            {"role":"function","name":"f","content":"r"}],"logit_bias":{"1":2},"user":"u"}
            """),
        ("/v1/chat/completions", """
            {"model":"tiny","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"f","description":"d",
            "parameters":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},"strict":true}}],"tool_choice":"auto",
            "parallel_tool_calls":false,"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}},
            "modalities":["text"],"stream_options":{"include_usage":true},"prediction":{"type":"content","content":"a"},
            "reasoning_effort":"low","reasoning":{"effort":"high"},"keep_alive":"5m","think":false,"options":{"num_ctx":2048,"top_k":10},"logprobs":true,"top_logprobs":2}
            """),
        ("/v1/chat/completions", """
            {"model":"plain","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"hi"}]}
            """),
        ("/v1/embeddings", """
            {"model":"embed","input":["a","b"],"encoding_format":"base64","dimensions":32,"user":"u","options":{"num_ctx":512}}
            """),
        ("/v1/completions", """
            {"model":"plain","prompt":["a","b"],"max_tokens":4,"temperature":0,"n":2,"best_of":2,"stop":["x"],"seed":1,"echo":false,
            "stream":false,"stream_options":{"include_usage":true},"logit_bias":{}}
            """),
        ("/v1/responses", """
            {"model":"tiny","instructions":"i","input":[{"role":"user","content":[{"type":"input_text","text":"hi"}]},
            {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"r"},
            {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"t"}],"content":[{"type":"reasoning_text","text":"t"}]},
            {"type":"additional_tools","role":"developer","tools":[{"type":"function","name":"h"}]},
            {"type":"configuration_update","reasoning":{"effort":"low"},"text":{"format":{"type":"text"}}},
            {"type":"shell_call","call_id":"s","action":{"commands":["ls"],"timeout_ms":5}},
            {"type":"shell_call_output","call_id":"s","output":[{"stdout":"a","stderr":"","outcome":{"type":"exit","exit_code":0}}]}],
            "tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":true},
            {"type":"custom","name":"p","format":{"type":"grammar","syntax":"lark","definition":"d"}},
            {"type":"shell","environment":{"type":"local"}},{"type":"tool_search","execution":"client"},
            {"type":"namespace","name":"n","tools":[{"type":"function","name":"g"}]},{"type":"mcp","server_label":"a"}],
            "tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"f"},{"type":"mcp","server_label":"a"}]},
            "include":["reasoning.encrypted_content"],"truncation":"auto","stream_options":{"include_obfuscation":false},"temperature":0,
            "max_output_tokens":16,"text":{"format":{"type":"text"}},"reasoning":{"effort":"low"},"metadata":{"a":"b"},"store":false}
            """),
        ("/api/chat", """
            {"model":"tiny","messages":[{"role":"user","content":"hi","images":[]},{"role":"assistant","content":"","tool_calls":[{"function":
            {"name":"f","arguments":{"a":1}}}]},{"role":"tool","content":"r","tool_name":"f"}],"stream":true,"think":false,"keep_alive":"5m",
            "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"options":{"num_ctx":2048,"temperature":0}}
            """),
        ("/api/generate", """
            {"model":"plain","prompt":"a","system":"s","stream":false,"raw":false,"options":{"num_predict":4}}
            """),
        ("/api/embed", """{"model":"embed","input":["a","b"],"truncate":true,"dimensions":32}"""),
        (Messages, """
            {"model":"tiny","max_tokens":16,"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],"temperature":0,
            "top_p":0.5,"top_k":3,"stop_sequences":["a"],"metadata":{"user_id":"u"},"messages":[{"role":"user","content":[
            {"type":"text","text":"hi"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="}},
            {"type":"document","title":"t","source":{"type":"text","data":"d"}},
            {"type":"search_result","source":"http://x","title":"t","content":[{"type":"text","text":"r"}]}]},
            {"role":"assistant","content":[{"type":"thinking","thinking":"","signature":"lg1.TGV0IG1l"},{"type":"redacted_thinking","data":"x"},
            {"type":"tool_use","id":"toolu_1","name":"f","input":{"a":1}},{"type":"server_tool_use","id":"s","name":"web_search","input":{}},
            {"type":"web_search_tool_result","tool_use_id":"s","content":{"type":"web_search_tool_result_error","error_code":"unavailable"}}]},
            {"role":"system","content":"later"},{"role":"system","content":[
            {"type":"tool_addition","tool":{"type":"tool_definition","definition":{"name":"h","input_schema":{"type":"object"}}}},
            {"type":"tool_removal","tool":{"type":"tool_reference","name":"f"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","is_error":true,
            "content":[{"type":"text","text":"r"},{"type":"tool_reference","tool_name":"g"}]}]}],
            "tools":[{"name":"f","description":"d","input_schema":{"type":"object"}},{"type":"custom","name":"g","defer_loading":true,
            "input_schema":{"type":"object"}},{"type":"web_search_20250305","name":"web_search","max_uses":8}],
            "tool_choice":{"type":"auto","disable_parallel_tool_use":true},"thinking":{"type":"enabled","budget_tokens":1024},
            "output_config":{"effort":"high"},"context_management":{"edits":[]},"keep_alive":"5m","options":{"num_ctx":2048}}
            """),
        (Messages, """
            {"model":"tiny","max_tokens":16,"stream":true,"system":"s","messages":[{"role":"user","content":"hi"}],
            "thinking":{"type":"adaptive","display":"omitted"},"output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}}
            """),
        ("/v1/messages/count_tokens", """
            {"model":"tiny","system":"s","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"a"}],
            "tools":[{"name":"f","description":"d","input_schema":{"type":"object","properties":{"a":{"type":"string"}}}}]}
            """),
    ];

    private static readonly JsonMembers Members = new(Bodies.Select(body => body.Body));

    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue];

    private int _succeeded;
    private int _refused;

    [Fact]
    public async Task AnyBody_Mutated_IsAnsweredWithSuccessOrTheEnvelope()
    {
        await using var gateway = await GatewayOverOllama.StartAsync();
        await Seeds.SampleAsync(seed => CheckAsync(gateway, seed), iter: Iterations, threads: 4);

        // Bodies that are all refused, or all taken, would try nothing.
        Assert.True(_succeeded > Iterations / 10, $"{_succeeded} succeeded.");
        Assert.True(_refused > Iterations / 10, $"{_refused} were refused.");
    }

    private async Task CheckAsync(GatewayOverOllama gateway, int seed)
    {
        var (path, body) = Mutate(new Random(seed));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        using var response = await gateway.Client.SendAsync(request, limit.Token);
        var answer = await response.Content.ReadAsByteArrayAsync(limit.Token);
        var status = (int)response.StatusCode;
        if (status == 200)
        {
            Interlocked.Increment(ref _succeeded);
            AssertComplete(response, answer, path);
        }
        else
        {
            Interlocked.Increment(ref _refused);
            AssertEnvelope(status, answer, path, body);
        }
    }

    private static void AssertComplete(HttpResponseMessage response, byte[] answer, string path)
    {
        if (response.Content.Headers.ContentType?.MediaType == "application/x-ndjson")
        {
            var lines = Encoding.UTF8.GetString(answer).Split('\n');
            Assert.Equal("", lines[^1]);
            Assert.True(JsonElement.Parse(lines[^2]).GetProperty("done").GetBoolean());
        }
        else if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            var frames = Encoding.UTF8.GetString(answer).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
            var last = path switch
            {
                // An event that holds the response as a whole.
                "/v1/responses" => "event: response.",
                Messages => "event: message_stop",
                _ => "data: [DONE]",
            };
            Assert.StartsWith(last, frames[^1], StringComparison.Ordinal);
            Assert.EndsWith("\n\n", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(JsonValueKind.Object, JsonElement.Parse(answer).ValueKind);
        }
    }

    private static (string Path, byte[] Body) Mutate(Random random)
    {
        var (path, text) = Bodies[random.Next(Bodies.Length)];
        JsonNode? root = JsonNode.Parse(text);
        for (var times = random.Next(0, 4); times > 0 && root is not null; times--)
        {
            root = JsonMutations.Apply(root, Members, random);
        }

        var body = Encoding.UTF8.GetBytes(root?.ToJsonString() ?? "null");
        return (path, random.Next(3) == 0 ? ByteMutations.Apply(body, random) : body);
    }

    private static void AssertEnvelope(int status, byte[] answer, string path, byte[] body)
    {
        var error = JsonElement.Parse(answer).GetProperty("error");
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            // Ollama's own pass as they are: 500 for an option of another type, 501 for a model that makes no embeddings. The emulated one
            // fails without a word on some values of a wrong type.
            Assert.NotEmpty(error.GetString()!);
            Assert.True(status is >= 400 and <= 502, $"{status} for {path} {Encoding.UTF8.GetString(body)}");
            return;
        }

        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        if (path.StartsWith(Messages, StringComparison.Ordinal))
        {
            AssertAnthropics(status, JsonElement.Parse(answer), $"{path} {Encoding.UTF8.GetString(body)}");
            return;
        }

        if (status == 502)
        {
            // The emulated models hold to no schema and tell no log probabilities, which tool_choice and best_of ask of them.
            Assert.Equal("upstream_error", error.GetProperty("code").GetString());
            return;
        }

        Assert.True(status is >= 400 and < 500, $"{status} for {path} {Encoding.UTF8.GetString(body)}");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.True(error.TryGetProperty("param", out _));
        Assert.True(error.TryGetProperty("code", out _));
    }

    private static void AssertAnthropics(int status, JsonElement answer, string request)
    {
        Assert.Equal("error", answer.GetProperty("type").GetString());
        Assert.NotEmpty(answer.GetProperty("request_id").GetString()!);
        Assert.True(status is 502 or (>= 400 and < 500), $"{status} for {request}");
        var type = status switch
        {
            404 => "not_found_error",
            502 => "api_error",
            _ => "invalid_request_error",
        };
        Assert.Equal(type, answer.GetProperty("error").GetProperty("type").GetString());
    }
}
