using System.Text.Json;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>The rules by which models are loaded: those of HOSTS_FILE, and MODEL_OPTIONS for what these do not say.</summary>
internal static class LoadRules
{
    private const string Context = "num_ctx";
    private const string KeepAlive = "keep_alive";

    public static ModelRules Of(IReadOnlyList<ConfiguredModel> models, ModelOptions options) => new(
        [.. models.Select(model => KeyValuePair.Create(model.Pattern, model.Rule))],
        [.. options.Json.EnumerateObject().Select(rule => KeyValuePair.Create(rule.Name, ToRule(rule.Value)))]);

    /// <param name="options">Ollama's, with <c>keep_alive</c> among them.</param>
    public static ModelRule ToRule(IEnumerable<KeyValuePair<string, JsonElement>> options)
    {
        var rule = ModelRule.None;
        foreach (var (name, value) in options)
        {
            rule = name switch
            {
                // Ollama ignores another value, too.
                Context when OptionNumbers.Positive(value) is { } tokens => rule with { Context = tokens },
                KeepAlive => rule with { KeepAlive = value.GetRawText() },
                _ => rule,
            };
        }

        return rule with { Options = ModelOptions.OfLoads(options) };
    }

    private static ModelRule ToRule(JsonElement options) =>
        ToRule(options.EnumerateObject().Select(option => KeyValuePair.Create(option.Name, option.Value)));
}
