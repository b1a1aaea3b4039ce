using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Dialects;

/// <summary>Plays what a step says of Ollama: the answers to its calls in turn, and what is known of the model.</summary>
internal sealed class DialectUpstream
{
    private const string Json = "application/json; charset=utf-8";

    private const string Tags =
        """{"models":[{"name":"demo:latest","model":"demo:latest","modified_at":"2026-11-23T00:32:16.305790998Z","size":6705620,"digest":"94c9678d0651be7c2a43c59beeb7338e45f91aaba0cadd92219b5a5523ba794e","details":{"parent_model":"","format":"gguf","family":"llama","families":["llama"],"parameter_size":"1.67M","quantization_level":"unknown","context_length":8192,"embedding_length":512},"capabilities":["completion","tools","thinking","vision"]}]}""";

    /// <summary>As Ollama writes it: no more is escaped than must be.</summary>
    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _show;
    private readonly Queue<JsonElement> _plays;

    public DialectUpstream(JsonElement upstream)
    {
        _show = $$"""{"details":{"family":"llama"},"model_info":{"general.architecture":"llama","llama.context_length":8192},"capabilities":{{upstream.GetProperty("capabilities")}}}""";
        _plays = new(upstream.GetProperty("plays").EnumerateArray().Where(play => play.TryGetProperty("status", out _)));
    }

    /// <summary>Asked by the gateway for itself, whatever the client wants.</summary>
    public static bool IsOwnQuestion(RecordedRequest request) => request.Path is "/api/show" or "/api/ps" or "/api/tags";

    public Scenario? Answer(RecordedRequest request)
    {
        switch (request.Path)
        {
            case "/api/show":
                return Body(200, _show);
            case "/api/tags":
                return Body(200, Tags);
            case "/api/version" or "/api/ps" or "/":
                return null;
        }

        lock (_plays)
        {
            return _plays.TryDequeue(out var play) ? ToScenario(play, request.Json()) : Body(500, """{"error":"one call too many"}""");
        }
    }

    private static Scenario ToScenario(JsonElement play, JsonElement request)
    {
        if (play.TryGetProperty("body", out var body))
        {
            return Body(play.GetProperty("status").GetInt32(), body.GetRawText());
        }

        var lines = play.GetProperty("lines");
        return request.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.False
            ? Body(200, Sum(lines))
            : Scenario.Lines([.. lines.EnumerateArray().Select(Compact)]);
    }

    /// <summary>The one object that the lines of a stream add up to.</summary>
    private static string Sum(JsonElement lines)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = "" };
        var sum = new JsonObject();
        foreach (var line in lines.EnumerateArray())
        {
            sum = JsonNode.Parse(line.GetRawText())!.AsObject();
            foreach (var (name, value) in sum["message"]!.AsObject())
            {
                Add(message, name, value!);
            }
        }

        sum["message"] = message;
        return sum.ToJsonString(Written);
    }

    private static void Add(JsonObject message, string name, JsonNode value)
    {
        if (value is JsonArray more)
        {
            var calls = message[name]?.AsArray() ?? [];
            foreach (var call in more)
            {
                calls.Add(call!.DeepClone());
            }

            message[name] ??= calls;
        }
        else if (name != "role")
        {
            message[name] = (string?)message[name] + (string?)value;
        }
    }

    private static string Compact(JsonElement line) => JsonSerializer.Serialize(line, Written);

    private static Scenario Body(int status, string body) =>
        new() { Answer = new RawAnswer(status, Json) { Body = Encoding.UTF8.GetBytes(body) } };
}
