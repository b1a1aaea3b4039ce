using System.Buffers;
using System.Text.Json;

namespace LlamaGate.Application.Models;

/// <summary>What holds for a model where a request names nothing else.</summary>
/// <param name="Options">Ollama's options, an object; null when there are none.</param>
/// <param name="KeepAlive">How long Ollama keeps the model loaded; null: as Ollama does.</param>
public sealed record ModelDefaults(JsonElement? Options, JsonElement? KeepAlive)
{
    private const string KeepAliveName = "keep_alive";

    /// <summary>
    /// What a call to a shared host carries of them: the gateway's loads set the context and the time, and each call names the context of the
    /// runner that it gets.
    /// </summary>
    public ModelDefaults OnSharedHosts => field ??= new ModelDefaults(
        LoadOptions.Where(Options, option => option.Name != LoadOptions.Context), KeepAlive: null);

    /// <param name="rule">An object of options and <c>keep_alive</c>, each of an allowed type.</param>
    public static ModelDefaults Read(JsonElement rule)
    {
        var keepAlive = rule.TryGetProperty(KeepAliveName, out var time) ? time : (JsonElement?)null;
        return new ModelDefaults(Merge(rule, JsonElement.Parse($$"""{"{{KeepAliveName}}":0}"""), isOwnWritten: false), keepAlive);
    }

    /// <summary>These, and others for what these do not name.</summary>
    public ModelDefaults Over(ModelDefaults others) => new(others.Complete(Options), KeepAlive ?? others.KeepAlive);

    /// <summary>A request's options, and these for what it does not name.</summary>
    /// <param name="own">An object; null when the request has none.</param>
    public JsonElement? Complete(JsonElement? own) => (Options, own) switch
    {
        (null, _) => own,
        (_, null) => Options,
        _ => Merge(Options.Value, own.Value, isOwnWritten: true),
    };

    /// <summary>The members that <paramref name="own"/> does not have; null when none are left.</summary>
    private static JsonElement? Merge(JsonElement defaults, JsonElement own, bool isOwnWritten)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var isEmpty = true;
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var member in defaults.EnumerateObject().Where(member => !own.TryGetProperty(member.Name, out _))
                .Concat(isOwnWritten ? own.EnumerateObject() : []))
            {
                member.WriteTo(writer);
                isEmpty = false;
            }

            writer.WriteEndObject();
        }

        return isEmpty ? null : JsonElement.Parse(bytes.WrittenSpan);
    }
}
