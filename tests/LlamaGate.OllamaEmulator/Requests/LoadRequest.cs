using System.Text.Json;

namespace LlamaGate.OllamaEmulator.Requests;

/// <summary>A request that only loads or unloads a model, in the form in which a gateway sends it: without a prompt at all.</summary>
internal static class LoadRequest
{
    public static bool Is(RecordedRequest request) => request.Path switch
    {
        "/api/generate" => NativeRequest.ReadOrEmpty(request.BodyBytes) is var body
            && body.Member("model") is not null && body.Member("prompt") is null && body.Member("suffix") is null && !body.Stream,
        "/api/embed" => NativeRequest.ReadOrEmpty(request.BodyBytes).Member("input") is { ValueKind: JsonValueKind.Array } input
            && input.GetArrayLength() == 0,
        _ => false,
    };
}
