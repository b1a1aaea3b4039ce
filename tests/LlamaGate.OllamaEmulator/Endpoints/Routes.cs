using LlamaGate.OllamaEmulator.Hosting;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Endpoints;

/// <summary>
/// The native API's table of contents. Not ASP.NET's routing, because Ollama's 404 and 405 are bytes of their own.
/// </summary>
internal sealed class Routes
{
    private readonly Dictionary<string, Dictionary<string, Endpoint>> _byPath;

    public Routes(Emulator emulator)
    {
        var info = new InfoEndpoints(emulator);
        _byPath = new(StringComparer.Ordinal)
        {
            ["/"] = Read(InfoEndpoints.Root),
            ["/api/version"] = Read(InfoEndpoints.Version),
            ["/api/tags"] = Read(info.Tags),
            ["/api/ps"] = Only("GET", Fixed(info.Ps)),
            ["/api/status"] = Only("GET", Fixed(InfoEndpoints.Status)),
            ["/api/show"] = Only("POST", info.Show),
            ["/api/chat"] = Only("POST", new GenerationEndpoint(emulator, chat: true).Serve),
            ["/api/generate"] = Only("POST", new GenerationEndpoint(emulator, chat: false).Serve),
            ["/api/embed"] = Only("POST", new EmbedEndpoint(emulator).Serve),
            ["/api/embeddings"] = Only("POST", new EmbedEndpoint(emulator, older: true).Serve),
        };
    }

    public Performance Serve(RecordedRequest request, Scenario? scenario)
    {
        if (!_byPath.TryGetValue(request.Path, out var methods))
        {
            return Performance.Plain(Reply.Text(404, ContentTypes.BareText, "404 page not found"));
        }

        return methods.TryGetValue(request.Method, out var endpoint)
            ? endpoint(request, scenario)
            : Performance.Plain(Reply.Text(405, ContentTypes.BareText, "405 method not allowed") with
            {
                Headers = [KeyValuePair.Create("Allow", string.Join(", ", methods.Keys))],
            });
    }

    private static Dictionary<string, Endpoint> Read(Func<Reply> reply) =>
        new(StringComparer.Ordinal) { ["GET"] = Fixed(reply), ["HEAD"] = Fixed(reply) };

    private static Dictionary<string, Endpoint> Only(string method, Endpoint endpoint) =>
        new(StringComparer.Ordinal) { [method] = endpoint };

    private static Endpoint Fixed(Func<Reply> reply) =>
        (_, scenario) => new Performance(reply(), scenario ?? Scenario.Default);
}
