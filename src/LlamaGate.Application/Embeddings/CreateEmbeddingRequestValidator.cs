using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Embeddings;

/// <summary>OpenAI's rules for embeddings.</summary>
internal sealed class CreateEmbeddingRequestValidator : FirstFailureValidator<CreateEmbeddingRequest>
{
    private const int MaxInputs = 2048;

    protected override RuleFailure? FirstFailure(CreateEmbeddingRequest request) =>
        GenerationRules.Model(request.Model)
        ?? Input(request.Input)
        ?? Format(request.EncodingFormat)
        ?? Rules.Range(FieldRanges.Dimensions, request.Dimensions)
        ?? GenerationRules.KeepAlive(request.KeepAlive)
        ?? GenerationRules.Options(request.Options);

    private static RuleFailure? Format(string? format) => format is null or EncodingFormats.Float or EncodingFormats.Base64
        ? null
        : new("encoding_format", "encoding_format must be float or base64.");

    private static RuleFailure? Input(TextInput? input)
    {
        if (input is null)
        {
            return new("input", "input is required: a string or an array of strings.");
        }

        if (input.Texts.Count is 0 or > MaxInputs)
        {
            return new("input", $"input must contain 1 to {MaxInputs} strings.");
        }

        for (var i = 0; i < input.Texts.Count; i++)
        {
            if (input.Texts[i].Length == 0)
            {
                var path = input.PathOf("input", i);
                return new(path, $"{path} is empty: there is nothing to embed.");
            }
        }

        return null;
    }
}
