using System.Text.Json;

namespace LlamaGate.OllamaEmulator.Models;

/// <summary>The models the emulator knows: what it lists, and the demo models, which are always there.</summary>
internal sealed class ModelCatalog
{
    public const string ScriptPrefix = "emu:";
    public const string RecordingPrefix = "recording/";
    private const string DefaultTag = ":latest";

    /// <summary>The recording of /api/show of each recorded model.</summary>
    public static readonly IReadOnlyDictionary<string, string> RecordedShows =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["tiny:latest"] = "show_tiny",
            ["plain:latest"] = "show_ok",
            ["embed:latest"] = "show_embed",
        };

    private const string BlobFolder = "/blobs/";

    private readonly Dictionary<string, EmulatedModel> _byName = new(StringComparer.OrdinalIgnoreCase);

    public ModelCatalog(EmulatorOptions options)
    {
        Listed = options.Models ?? (options.Demo ? Demo : Recorded());
        foreach (var model in Demo.Concat(Listed))
        {
            _byName[model.Name] = model;
        }
    }

    public static IReadOnlyList<EmulatedModel> Demo { get; } =
    [
        new("demo:latest", ["completion", "tools"]),
        new("demo-thinking:latest", ["completion", "tools", "thinking"])
        {
            ModifiedAt = "2026-11-23T00:32:16.205790998Z",
        },
        new("demo-embed:latest", ["embedding"])
        {
            ModifiedAt = "2026-11-23T00:32:16.105790998Z",
            Family = "bert",
            ParameterSize = "22K",
            EmbeddingLength = 32,
        },
    ];

    /// <summary>Newest first, as Ollama lists them.</summary>
    public IReadOnlyList<EmulatedModel> Listed { get; }

    public static string WithTag(string name) =>
        name.Contains(':', StringComparison.Ordinal) ? name : name + DefaultTag;

    public static bool IsDemo(EmulatedModel model) => Demo.Contains(model);

    /// <summary>The directives of a scripted model's name; null for any other name.</summary>
    public static string? ScriptOf(string name) =>
        name.StartsWith(ScriptPrefix, StringComparison.Ordinal) ? name[ScriptPrefix.Length..] : null;

    /// <summary>The recording a model's name asks for, with or without a tag; null for any other name.</summary>
    public static string? RecordingOf(string name) => name.StartsWith(RecordingPrefix, StringComparison.Ordinal)
        ? name[RecordingPrefix.Length..].Replace(DefaultTag, string.Empty, StringComparison.Ordinal)
        : null;

    public EmulatedModel? Find(string name) => _byName.GetValueOrDefault(WithTag(name));

    private static EmulatedModel[] Recorded()
    {
        using var tags = JsonDocument.Parse(Recording.Named("tags").Body);
        return [.. tags.RootElement.GetProperty("models").EnumerateArray().Select(FromTags)];
    }

    /// <summary>From the FROM line of the recorded modelfile.</summary>
    private static string BlobOf(string name)
    {
        using var show = JsonDocument.Parse(Recording.Named(RecordedShows[name]).Body);
        var modelfile = show.RootElement.GetProperty("modelfile").ToString();
        var from = modelfile[(modelfile.IndexOf(BlobFolder, StringComparison.Ordinal) + BlobFolder.Length)..];
        return from[..from.IndexOf('\n', StringComparison.Ordinal)];
    }

    private static EmulatedModel FromTags(JsonElement model)
    {
        var details = model.GetProperty("details");
        return new EmulatedModel(
            model.GetProperty("name").ToString(),
            [.. model.GetProperty("capabilities").EnumerateArray().Select(capability => capability.ToString())])
        {
            Blob = BlobOf(model.GetProperty("name").ToString()),
            ModifiedAt = model.GetProperty("modified_at").ToString(),
            Size = model.GetProperty("size").GetInt64(),
            Digest = model.GetProperty("digest").ToString(),
            Family = details.GetProperty("family").ToString(),
            ParameterSize = details.GetProperty("parameter_size").ToString(),
            QuantizationLevel = details.GetProperty("quantization_level").ToString(),
            ContextLength = details.GetProperty("context_length").GetInt32(),
            EmbeddingLength = details.GetProperty("embedding_length").GetInt32(),
        };
    }
}
