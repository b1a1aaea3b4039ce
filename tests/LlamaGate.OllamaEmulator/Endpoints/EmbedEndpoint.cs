using System.Text.Json;
using LlamaGate.OllamaEmulator.Demo;
using LlamaGate.OllamaEmulator.Hosting;
using LlamaGate.OllamaEmulator.Models;
using LlamaGate.OllamaEmulator.Requests;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Endpoints;

/// <summary><c>POST /api/embed</c>.</summary>
internal sealed class EmbedEndpoint(Emulator emulator)
{
    private const string GoType = "EmbedRequest";
    private static readonly EmulatedModel Scripted = new("emu", ["embedding"]) { EmbeddingLength = 32 };

    public Performance Serve(RecordedRequest request, Scenario? scenario)
    {
        if (scenario?.Answer is ModelAnswer)
        {
            return new Performance(Embed(NativeRequest.ReadOrEmpty(request.BodyBytes), Scripted), scenario);
        }

        var own = ServeByModel(request);
        return scenario is null ? own : own with { Scenario = scenario };
    }

    private Performance ServeByModel(RecordedRequest request)
    {
        var native = NativeRequest.Read(request.BodyBytes, GoType);
        FieldChecks.Check(native, GoType);
        if (NamedScenario.OfModel(native.Model) is { } named)
        {
            return Performance.Direct(named) ?? new Performance(Embed(native, Scripted), named);
        }

        var model = emulator.Catalog.Find(native.Model)
            ?? throw new OllamaRefusal(404, $"model \"{native.Model}\" not found, try pulling it first");
        var reply = Embed(native, model);
        emulator.Loaded.Use(model, RunnerNeeds.Of(native, model));
        return Performance.Plain(reply);
    }

    private Reply Embed(NativeRequest native, EmulatedModel model)
    {
        var start = emulator.Time.GetTimestamp();
        var texts = Inputs(native.Member("input"));
        if (texts.Count > 0 && !model.Can("embedding"))
        {
            throw new OllamaRefusal(501, "This server does not support embeddings. Start it with `--embeddings`");
        }

        var words = texts.Sum(NativeRequest.Words);
        if (native.Member("truncate") is { ValueKind: JsonValueKind.False }
            && texts.Any(text => NativeRequest.Words(text) > model.ContextLength))
        {
            throw new OllamaRefusal(400, "the input length exceeds the context length");
        }

        var wanted = native.Member("dimensions");
        var dimensions = wanted is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var n) ? n : 0;
        var vectors = string.Join(',', texts.Select(text => DemoEmbedding.Of(text, model.EmbeddingLength, dimensions)));
        var duration = Math.Max(1, emulator.Time.GetElapsedTime(start).Ticks * TimeSpan.NanosecondsPerTick);
        var counts = texts.Count == 0
            ? string.Empty
            : $$""","total_duration":{{duration + 1}},"load_duration":1,"prompt_eval_count":{{Math.Max(1, words)}}""";
        return Reply.Json($$"""{"model":{{GoJson.Quote(native.Model)}},"embeddings":[{{vectors}}]{{counts}}}""");
    }

    private static IReadOnlyList<string> Inputs(JsonElement? input) => input switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } only ? [only] : [],
        { ValueKind: JsonValueKind.Array } array
            when array.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) =>
            [.. array.EnumerateArray().Select(item => item.GetString() ?? string.Empty)],
        _ => throw new OllamaRefusal(400, "invalid input type"),
    };
}
