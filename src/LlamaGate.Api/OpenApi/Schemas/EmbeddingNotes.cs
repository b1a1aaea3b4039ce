using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>The requests and answers of embeddings.</summary>
internal static class EmbeddingNotes
{
    public static IReadOnlyList<ContractNotes> All { get; } =
    [
        new ContractNotes<CreateEmbeddingRequest>()
            .Says("The body of a request for embeddings. Other fields are ignored and listed in `X-LlamaGate-Ignored`.")
            .Requires(r => r.Model, r => r.Input)
            .Words(r => r.EncodingFormat, "float", "base64")
            .Ranges(FieldRanges.Dimensions)
            .Is(r => r.KeepAlive, _ => GenerationSchemas.KeepAlive)
            .Is(r => r.Options, _ => Schema.FreeForm),
        new ContractNotes<CreateEmbeddingResponse>().Words(r => r.Object, "list"),
        new ContractNotes<Embedding>().Words(e => e.Object, "embedding"),
        new ContractNotes<EmbeddingVector>()
            .Says("Numbers of single precision, or with `encoding_format: base64` their little-endian bytes.")
            .Is(_ => Schema.AnyOf(Schema.ArrayOf(Schema.Number), Schema.String)),
    ];
}
