using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Generation.Contracts;

/// <summary>Source-generated reading and writing of what chats and completions share.</summary>
[JsonSerializable(typeof(CompletionUsage))]
internal sealed partial class GenerationJsonContext : JsonSerializerContext
{
    /// <summary>The context with this project's options.</summary>
    public static GenerationJsonContext Instance { get; } = new(ContractSerialization.CreateOptions());
}
