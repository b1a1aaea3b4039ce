using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Api.CommandLine.Doctor.Upstream;

/// <summary>The answer of <c>GET /api/version</c>.</summary>
internal sealed record VersionAnswer(string? Version);

/// <summary>The answer of <c>GET /api/tags</c>.</summary>
internal sealed record InstalledModels(IReadOnlyList<InstalledModel>? Models);

/// <param name="Size">Bytes on disk.</param>
/// <param name="RemoteHost">Set if the model runs in Ollama's cloud and only its name is local.</param>
/// <param name="Capabilities">completion, embedding …; absent in older versions.</param>
/// <param name="Digest">Of its content.</param>
internal sealed record InstalledModel(
    string Name, long Size, string? RemoteHost, IReadOnlyList<string>? Capabilities, string? Digest = null);

/// <summary>The answer of <c>GET /api/ps</c>.</summary>
internal sealed record LoadedModels(IReadOnlyList<LoadedModel>? Models);

/// <param name="ContextLength">In tokens, as allocated; 0 in versions that do not report it.</param>
internal sealed record LoadedModel(string Name, long ContextLength);

/// <summary>The body of <c>POST /api/show</c>.</summary>
internal sealed record ModelBody(string Model);

/// <summary>Its answer.</summary>
/// <param name="Parameters">The Modelfile's, a line each: <c>num_ctx 2048</c>.</param>
/// <param name="ModelInfo">The file's own metadata, including <c>llama.context_length</c>.</param>
internal sealed record ModelDescription(
    string? Parameters, IReadOnlyDictionary<string, JsonElement>? ModelInfo, IReadOnlyList<string>? Capabilities);

/// <summary>The body of <c>POST /api/chat</c>.</summary>
/// <param name="Options">The operator's, and those of <see cref="ChatOptions"/>.</param>
internal sealed record ChatBody(
    string Model,
    IReadOnlyList<ChatLine> Messages,
    JsonElement Options,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? KeepAlive,
    bool Stream = true);

internal sealed record ChatLine(string Role, string Content);

/// <summary>The doctor's own options.</summary>
/// <param name="NumCtx">The context in tokens; null: as the operator set it.</param>
internal sealed record ChatOptions(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? NumCtx, int NumPredict);

/// <summary>The body of the gateway's <c>POST /v1/chat/completions</c>.</summary>
internal sealed record CompletionBody(
    string Model, IReadOnlyList<ChatLine> Messages, int MaxTokens, bool Stream = true);

/// <summary>A line of Ollama's streamed answer.</summary>
/// <param name="LoadDuration">Nanoseconds; on the last line.</param>
internal sealed record ChatPiece(bool Done, long LoadDuration, string? Error);

/// <summary>The answer of the gateway's <c>GET /health?verbose</c>, as far as it is used. Older gateways have no hosts.</summary>
internal sealed record GatewayHosts(IReadOnlyList<GatewayHostState>? Hosts);

/// <param name="Foreign">The last sign of a client that calls the host past the gateway; null when there was none.</param>
internal sealed record GatewayHostState(string? Name, ForeignUse? Foreign);

/// <param name="Model">The model that it used.</param>
/// <param name="SeenAt">When that was noticed.</param>
internal sealed record ForeignUse(string? Model, DateTimeOffset? SeenAt);

/// <summary>The body of every error.</summary>
internal sealed record ErrorAnswer(string? Error);

/// <summary>Source-generated serialization of the doctor's requests and answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(InstalledModels))]
[JsonSerializable(typeof(LoadedModels))]
[JsonSerializable(typeof(ModelBody))]
[JsonSerializable(typeof(ModelDescription))]
[JsonSerializable(typeof(ChatBody))]
[JsonSerializable(typeof(ChatOptions))]
[JsonSerializable(typeof(CompletionBody))]
[JsonSerializable(typeof(ChatPiece))]
[JsonSerializable(typeof(GatewayHosts))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class UpstreamJsonContext : JsonSerializerContext;
