using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Models;

/// <summary>
/// What the operator sets for models (MODEL_OPTIONS): Ollama's options and <c>keep_alive</c>, by a pattern of names. A request's own
/// values win.
/// </summary>
public sealed class ModelOptions
{
    private readonly (string Pattern, ModelDefaults Defaults)[] _rules;
    private ModelOptions? _lesser;

    /// <param name="rules">
    /// An object of objects: <c>{"qwen3*":{"num_ctx":32768,"keep_alive":"30m"}}</c>. In a pattern <c>*</c> stands for any characters.
    /// All values have the types of <see cref="OptionTypes"/>.
    /// </param>
    public ModelOptions(JsonElement rules)
    {
        Json = rules;
        _rules = [.. rules.EnumerateObject().Select(rule => (rule.Name, ModelDefaults.Read(rule.Value)))];
    }

    public static ModelOptions None { get; } = new(JsonElement.Parse("{}"));

    /// <summary>As it was written.</summary>
    public JsonElement Json { get; }

    public IEnumerable<string> Patterns => _rules.Select(rule => rule.Pattern);

    /// <summary>These rules, and others for what these do not name.</summary>
    public ModelOptions Over(ModelOptions others) => new(Json) { _lesser = others };

    /// <summary>The first rule for a model; null when there is none.</summary>
    /// <param name="asked">The name in the request, maybe an alias.</param>
    /// <param name="model">The model's own name.</param>
    public ModelDefaults? Find(string asked, string model) => (FindFirst(asked, model), _lesser?.Find(asked, model)) switch
    {
        ({ } greater, { } lesser) => greater.Over(lesser),
        var (greater, lesser) => greater ?? lesser,
    };

    /// <summary>Those of Ollama's options that decide how a model is loaded, without its context; null when there are none.</summary>
    public static JsonElement? OfLoads(IEnumerable<KeyValuePair<string, JsonElement>> options)
    {
        var chosen = options.Where(option => option.Key != LoadOptions.Context && LoadOptions.Contains(option.Key))
            .DistinctBy(option => option.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return chosen.Count == 0 ? null : JsonSerializer.SerializeToElement(chosen, LoadOptionsJsonContext.Default.DictionaryStringJsonElement);
    }

    private ModelDefaults? FindFirst(string asked, string model)
    {
        foreach (var (pattern, defaults) in _rules)
        {
            if (ModelPattern.Matches(pattern, asked) || ModelPattern.Matches(pattern, model))
            {
                return defaults;
            }
        }

        return null;
    }
}

/// <summary>Options of Ollama's as JSON.</summary>
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class LoadOptionsJsonContext : JsonSerializerContext;
