using System.Text.Json;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>What HOSTS_FILE says about the models of a pattern.</summary>
/// <param name="Pattern">Of names; <c>*</c> stands for any characters.</param>
/// <param name="Options">Ollama's options with <c>num_ctx</c> and <c>keep_alive</c>, in the form of MODEL_OPTIONS.</param>
/// <param name="MaxContext">The largest context that callers may wish for, in tokens; null = not said. Nothing uses it yet.</param>
/// <param name="Slots">Calls that such a model works on at once; null = not said. Nothing uses it yet.</param>
internal sealed record ModelRule(string Pattern, IReadOnlyDictionary<string, JsonElement> Options, int? MaxContext, int? Slots);
