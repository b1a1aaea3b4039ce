using System.Text;
using System.Text.Json;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>Answers the calls that a step expects, each once: the one with the same body, else the next of the same path.</summary>
internal sealed class WireUpstream(IReadOnlyList<WireCall> calls)
{
    private readonly Lock _gate = new();
    private readonly List<WireCall> _open = [.. calls];

    public Scenario? Answer(RecordedRequest request)
    {
        lock (_gate)
        {
            var line = LineOf(request);
            var call = _open.Find(c => c.Line == line && c.Body == request.Body) ?? _open.Find(c => c.Line == line);
            if (call is null)
            {
                return null;
            }

            _open.Remove(call);
            return call.Answer is { } answer ? ToScenario(answer) : null;
        }
    }

    public static string LineOf(RecordedRequest request) => $"{request.Method} {request.Path}";

    private static Scenario ToScenario(JsonElement answer) => answer switch
    {
        { ValueKind: JsonValueKind.String } => Scenario.Recorded(answer.GetString()!),
        _ when answer.TryGetProperty("emulate", out var directives) => Scenario.Parse(directives.GetString()!),
        _ when answer.TryGetProperty("lines", out var lines) =>
            Scenario.Lines([.. lines.EnumerateArray().Select(WireCaseFile.ToText)]),
        _ => new Scenario { Answer = ToRaw(answer) },
    };

    private static RawAnswer ToRaw(JsonElement answer)
    {
        var status = answer.TryGetProperty("status", out var told) ? told.GetInt32() : 200;
        var type = answer.TryGetProperty("type", out var named) ? named.GetString() : "application/json; charset=utf-8";
        return new RawAnswer(status, type)
        {
            Body = Encoding.UTF8.GetBytes(WireCaseFile.ToText(answer.GetProperty("body"))),
        };
    }
}
