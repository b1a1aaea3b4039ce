using LlamaGate.OllamaEmulator.Hosting;
using LlamaGate.OllamaEmulator.Models;
using LlamaGate.OllamaEmulator.Requests;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Endpoints;

/// <summary>The endpoints that run no model: root, version, tags, ps, show, status.</summary>
internal sealed class InfoEndpoints(Emulator emulator)
{
    /// <summary>A scripted or recorded model may do anything, so that no gateway turns it away beforehand.</summary>
    private static readonly string[] Everything = ["completion", "tools", "insert", "vision", "embedding", "thinking"];

    public static Reply Root() => Reply.Text(200, ContentTypes.Text, "Ollama is running");

    public static Reply Version() => Reply.From(Recording.Named("version"));

    public static Reply Status() => Reply.From(Recording.Named("status"));

    public Reply Tags() => Reply.Json(ModelJson.Tags(emulator.Catalog.Listed));

    public Reply Ps() => Reply.Json(ModelJson.Running(emulator.Runners?.Host.Listed() ?? emulator.Loaded.Running));

    public Performance Show(RecordedRequest request, Scenario? scenario) =>
        new(Show(NativeRequest.Read(request.BodyBytes, "ShowRequest")), scenario ?? Scenario.Default);

    private Reply Show(NativeRequest request)
    {
        var name = request.Model;
        if (name.Length == 0)
        {
            throw new OllamaRefusal(400, "model is required");
        }

        if (ModelCatalog.RecordingOf(name) is { } wanted && Recording.Find(wanted) is { Path: "/api/show" } show)
        {
            return Reply.From(show);
        }

        if (ModelCatalog.ScriptOf(name) is not null || ModelCatalog.RecordingOf(name) is not null)
        {
            return Reply.Json(ModelJson.Show(new EmulatedModel(name, Everything)));
        }

        var model = emulator.Catalog.Find(name)
            ?? throw new OllamaRefusal(404, $"model '{ModelCatalog.WithTag(name)}' not found");
        return ModelCatalog.RecordedShows.TryGetValue(model.Name, out var recorded)
            ? Reply.From(Recording.Named(recorded))
            : Reply.Json(ModelJson.Show(model));
    }
}
