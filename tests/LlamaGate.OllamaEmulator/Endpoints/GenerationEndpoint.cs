using System.Text.Json;
using LlamaGate.OllamaEmulator.Demo;
using LlamaGate.OllamaEmulator.Hosting;
using LlamaGate.OllamaEmulator.Models;
using LlamaGate.OllamaEmulator.Requests;
using LlamaGate.OllamaEmulator.Scheduling;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Endpoints;

/// <summary><c>POST /api/chat</c> and <c>POST /api/generate</c>, which differ in their shape only.</summary>
internal sealed class GenerationEndpoint(Emulator emulator, bool chat)
{
    private readonly string _goType = chat ? "ChatRequest" : "GenerateRequest";

    public Performance Serve(RecordedRequest request, Scenario? scenario)
    {
        if (scenario?.Answer is ModelAnswer scripted)
        {
            var native = NativeRequest.ReadOrEmpty(request.BodyBytes);
            return Render(native, scripted, scenario, emulator.Catalog.Find(native.Model));
        }

        var own = ServeByModel(request);
        return scenario is null ? own : own with { Scenario = scenario };
    }

    private Performance ServeByModel(RecordedRequest request)
    {
        var native = NativeRequest.Read(request.BodyBytes, _goType);
        FieldChecks.Check(native, _goType);
        if (NamedScenario.OfModel(native.Model) is { } named)
        {
            return Performance.Direct(named) ?? Render(native, (ModelAnswer)(named.Answer ?? new ModelAnswer()), named);
        }

        var model = Find(native);
        ModelChecks.Check(native, model);
        if (!chat && native.Member("raw") is { ValueKind: JsonValueKind.True }
            && (native.Text("system") ?? native.Text("template")) is not null)
        {
            throw new OllamaRefusal(400, "raw mode does not support template, system, or context");
        }

        if (emulator.Runners is { } runners)
        {
            return Scheduled(native, model, runners);
        }

        emulator.Loaded.Use(model, RunnerNeeds.Of(native, model));
        if (IsUnloaded(native))
        {
            emulator.Loaded.Unload(model);
        }

        if (OnlyLoads(native))
        {
            return Performance.Plain(Reply.Json(Shape(native).Loaded(IsUnloaded(native) ? "unload" : "load")));
        }

        var gap = native.Stream && ModelCatalog.IsDemo(model) ? emulator.Options.DemoGap : TimeSpan.Zero;
        return Render(native, DemoAnswer.To(native, model), Scenario.Default with { Gap = gap });
    }

    private Performance Scheduled(NativeRequest native, EmulatedModel model, EmulatedRunners runners)
    {
        if (!OnlyLoads(native))
        {
            return Render(native, ScheduledAnswer.To(native, model), Scenario.Default, model);
        }

        if (KeepAlive.Of(native) == TimeSpan.Zero)
        {
            runners.Host.Unload(model);
            return Performance.Plain(Reply.Json(Shape(native).Loaded("unload")));
        }

        var load = CallWork.Load(model, RunnerNeeds.Of(native, model)) with { KeepAlive = KeepAlive.Of(native) };
        return Performance.Plain(Reply.Late(() => Shape(native).Loaded("load"))) with { Call = new RunnerCall(load) };
    }

    private EmulatedModel Find(NativeRequest native)
    {
        if (native.Model.Length == 0)
        {
            throw new OllamaRefusal(400, "model is required");
        }

        if (native.Model.Contains(' ', StringComparison.Ordinal)
            || native.Model.Contains("..", StringComparison.Ordinal))
        {
            throw new OllamaRefusal(400, "invalid model name");
        }

        return emulator.Catalog.Find(native.Model) ?? throw new OllamaRefusal(404, $"model '{native.Model}' not found");
    }

    private bool OnlyLoads(NativeRequest native) => chat
        ? !native.Messages.Any()
        : string.IsNullOrEmpty(native.Text("prompt")) && string.IsNullOrEmpty(native.Text("suffix"));

    /// <summary>Once the call is done; here that is at once.</summary>
    private static bool IsUnloaded(NativeRequest native) => native.Member("keep_alive")?.GetRawText() is "0" or "\"0\"" or "\"0s\"";

    /// <param name="model">Whose runner works on it; null needs none.</param>
    private Performance Render(NativeRequest native, ModelAnswer answer, Scenario scenario, EmulatedModel? model = null)
    {
        var call = CallFor(native, answer, model);
        var renderer = new AnswerRenderer(Shape(native, call), answer, native.PromptWords);
        return new Performance(
            native.Stream ? renderer.Stream() : renderer.Plain(scenario.Ending is not Ending.Silent), scenario)
        { Call = call };
    }

    private RunnerCall? CallFor(NativeRequest native, ModelAnswer answer, EmulatedModel? model) =>
        model is null || emulator.Runners is null
            ? null
            : new RunnerCall(new CallWork(model, RunnerNeeds.Of(native, model), native.Prompt, Math.Max(1, answer.EvalCount))
            {
                KeepAlive = KeepAlive.Of(native),
            });

    private NativeShape Shape(NativeRequest native, RunnerCall? call = null)
    {
        Func<Durations>? measured = call is null
            ? null
            : () => emulator.Runners is { } runners ? call.DurationsAt(runners.Host.Now) : Durations.None;
        return chat
            ? new ChatShape(native.Model, emulator.Time) { Measured = measured }
            : new GenerateShape(native.Model, emulator.Time, raw: native.Member("raw") is { ValueKind: JsonValueKind.True })
            {
                Measured = measured,
            };
    }
}
