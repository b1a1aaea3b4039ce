using System.Text.Json;
using LlamaGate.OllamaEmulator.Demo;
using LlamaGate.OllamaEmulator.Hosting;
using LlamaGate.OllamaEmulator.Models;
using LlamaGate.OllamaEmulator.Requests;
using LlamaGate.OllamaEmulator.Scheduling;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Endpoints;

/// <summary><c>POST /api/embed</c>, and the older <c>/api/embeddings</c> of one prompt and one vector.</summary>
internal sealed class EmbedEndpoint(Emulator emulator, bool older = false)
{
    private const string GoType = "EmbedRequest";
    private static readonly EmulatedModel Scripted = new("emu", ["embedding"]) { EmbeddingLength = 32 };

    private string InputMember => older ? "prompt" : "input";

    public Performance Serve(RecordedRequest request, Scenario? scenario)
    {
        if (scenario?.Answer is ModelAnswer)
        {
            var native = NativeRequest.ReadOrEmpty(request.BodyBytes);
            var model = emulator.Catalog.Find(native.Model) ?? Scripted;
            return emulator.Runners is null || model == Scripted
                ? new Performance(Embed(native, Scripted), scenario)
                : Scheduled(native, model) with { Scenario = scenario };
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
        if (emulator.Runners is not null)
        {
            return Scheduled(native, model);
        }

        var reply = Embed(native, model);
        emulator.Loaded.Use(model, RunnerNeeds.Of(native, model));
        return Performance.Plain(reply);
    }

    /// <summary>Ollama loads the model before it looks at what is asked of it, a chat model too.</summary>
    private Performance Scheduled(NativeRequest native, EmulatedModel model)
    {
        var needs = RunnerNeeds.Of(native, model) with { Shifts = true };
        var texts = Inputs(native.Member(InputMember));
        var work = texts.Count == 0 || !model.Can("embedding")
            ? CallWork.Load(model, needs)
            : new CallWork(model, needs, [.. texts.SelectMany(NativeRequest.Split)], Tokens: 0);
        var call = new RunnerCall(work with { KeepAlive = KeepAlive.Of(native) });
        return Performance.Plain(Answered(native, model, call)) with { Call = call };
    }

    private Reply Answered(NativeRequest native, EmulatedModel model, RunnerCall call)
    {
        try
        {
            var embeddings = Embeddings(native, model);
            return Reply.Late(() => embeddings(emulator.Runners is { } runners ? call.DurationsAt(runners.Host.Now) : Durations.None));
        }
        catch (OllamaRefusal refusal)
        {
            return Reply.Error(refusal.Status, refusal.Message);
        }
    }

    private Reply Embed(NativeRequest native, EmulatedModel model)
    {
        var start = emulator.Time.GetTimestamp();
        var embeddings = Embeddings(native, model);
        var duration = Durations.Nanoseconds(emulator.Time.GetElapsedTime(start));
        return Reply.Json(embeddings(new Durations(duration + 1, Load: 1, Prompt: 0, Eval: 0)));
    }

    /// <summary>The answer, for the times that it took.</summary>
    /// <exception cref="OllamaRefusal">The model does not embed, or the input is too long.</exception>
    private Func<Durations, string> Embeddings(NativeRequest native, EmulatedModel model)
    {
        var texts = Inputs(native.Member(InputMember));
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
        if (older)
        {
            return _ => $$"""{"embedding":{{(texts.Count == 0 ? "[]" : vectors)}}}""";
        }

        var opening = $$"""{"model":{{GoJson.Quote(native.Model)}},"embeddings":[{{vectors}}]""";
        return texts.Count == 0
            ? _ => opening + "}"
            : times => opening
                + $$""","total_duration":{{times.Total}},"load_duration":{{times.Load}},"prompt_eval_count":{{Math.Max(1, words)}}}""";
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
