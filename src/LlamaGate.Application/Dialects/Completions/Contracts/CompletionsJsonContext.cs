using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Completions.Contracts;

/// <summary>Source-generated reading and writing of the completion contracts.</summary>
[JsonSerializable(typeof(CreateCompletionRequest))]
[JsonSerializable(typeof(Completion))]
public sealed partial class CompletionsJsonContext : JsonSerializerContext
{
    /// <summary>The context with this project's options.</summary>
    public static CompletionsJsonContext Instance { get; } = new(ContractSerialization.CreateOptions());
}
