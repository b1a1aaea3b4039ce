using System.Text.Json;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>What HOSTS_FILE says about the models of a pattern.</summary>
/// <param name="Pattern">Of names; <c>*</c> stands for any characters.</param>
/// <param name="Options">Ollama's options with <c>num_ctx</c> and <c>keep_alive</c>, in the form of MODEL_OPTIONS.</param>
/// <param name="Rule">How such a model is loaded and shared.</param>
internal sealed record ConfiguredModel(string Pattern, IReadOnlyDictionary<string, JsonElement> Options, ModelRule Rule);
