using System.Text.Json;

namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>One call of a recorded timeline.</summary>
/// <param name="LeftMs">When its client hung up; null when he stayed.</param>
/// <param name="Status">Null when the client had left before any byte.</param>
/// <param name="Answer">The exact body.</param>
internal sealed record RecordedCall(
    string Id, string Path, string Body, double SentMs, double? FirstByteMs, double? LeftMs, double EndedMs, int? Status, string Answer)
{
    /// <summary>Words of the request's prompt or input, which are the emulator's tokens.</summary>
    public int Words
    {
        get
        {
            using var body = JsonDocument.Parse(Body);
            return TextsOf(body.RootElement).Sum(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        }
    }

    /// <summary>Null for an answer without them.</summary>
    public RecordedDurations? Durations => Status is 200 ? RecordedDurations.Of(Answer) : null;

    public static RecordedCall Of(JsonElement call)
    {
        var request = call.GetProperty("request");
        var hasResponse = call.TryGetProperty("response", out var response) && response.ValueKind is JsonValueKind.Object;
        return new RecordedCall(
            call.GetProperty("id").ToString(),
            request.GetProperty("path").ToString(),
            request.GetProperty("body").ToString(),
            call.GetProperty("sent_ms").GetDouble(),
            Number(call, "first_byte_ms"),
            Number(call, "left_ms"),
            call.GetProperty("ended_ms").GetDouble(),
            hasResponse ? response.GetProperty("status").GetInt32() : null,
            hasResponse ? response.GetProperty("body_raw").ToString() : string.Empty);
    }

    private static double? Number(JsonElement call, string name) =>
        call.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;

    private static IEnumerable<string> TextsOf(JsonElement body) => body.TryGetProperty("messages", out var messages)
        ? messages.EnumerateArray().Select(message => message.GetProperty("content").ToString())
        : !body.TryGetProperty("input", out var input) ? []
        : input.ValueKind is JsonValueKind.Array ? input.EnumerateArray().Select(text => text.ToString())
        : [input.ToString()];
}

/// <summary>A look at /api/ps.</summary>
internal sealed record RecordedPs(double AtMs, IReadOnlyList<RunningModel> Models)
{
    public static RecordedPs Of(JsonElement ps) => new(
        ps.GetProperty("at_ms").GetDouble(),
        [.. ps.GetProperty("models").EnumerateArray().Select(model => new RunningModel(
            model.GetProperty("name").ToString(),
            model.GetProperty("context_length").GetInt32(),
            model.GetProperty("expires_in_s").GetDouble()))]);
}

/// <summary>A model in /api/ps.</summary>
internal sealed record RunningModel(string Name, int ContextLength, double ExpiresInSeconds);

/// <summary>A load in Ollama's log.</summary>
internal sealed record RecordedLoad(string Blob, int TotalContext, int Slots, bool Shifts)
{
    public static RecordedLoad Of(JsonElement load) => new(
        load.GetProperty("blob").ToString(),
        load.GetProperty("total_context").GetInt32(),
        load.GetProperty("slots").GetInt32(),
        load.GetProperty("context_shift").GetBoolean());
}
