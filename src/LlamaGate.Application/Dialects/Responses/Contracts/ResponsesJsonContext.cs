using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>Source-generated reading and writing of the contracts of responses.</summary>
[JsonSerializable(typeof(CreateResponseRequest))]
[JsonSerializable(typeof(ResponseObject))]
[JsonSerializable(typeof(ResponseStreamEvent))]
[JsonSerializable(typeof(ResponseErrorEvent))]
[JsonSerializable(typeof(ResponseItemList))]
[JsonSerializable(typeof(DeletedResponse))]
[JsonSerializable(typeof(ResponseShellAction))]
[JsonSerializable(typeof(IReadOnlyList<ResponseInputItem>))]
[JsonSerializable(typeof(IReadOnlyList<ResponseContentPart>))]
public sealed partial class ResponsesJsonContext : JsonSerializerContext
{
    /// <summary>The context with this project's options.</summary>
    public static ResponsesJsonContext Instance { get; } = new(ContractSerialization.CreateOptions());

    /// <summary>Contracts that a converter of ours reads within another contract.</summary>
    internal static ResponsesJsonContext Of(JsonSerializerOptions options) =>
        options.TypeInfoResolver as ResponsesJsonContext ?? Instance;
}
