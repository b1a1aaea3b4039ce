using FluentValidation;
using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Embeddings;

/// <summary>OpenAI's rules for embeddings. The first failure ends it, since a caller is told of one.</summary>
internal sealed class CreateEmbeddingRequestValidator : AbstractValidator<CreateEmbeddingRequest>
{
    private const int MostInputs = 2048;

    public CreateEmbeddingRequestValidator()
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        RuleFor(r => r.Model).IsModelName();
        RuleFor(r => r.Input).Custom(CheckInput);
        RuleFor(r => r.EncodingFormat).Custom((format, context) =>
        {
            if (format is not (null or EncodingFormats.Float or EncodingFormats.Base64))
            {
                context.Fail("encoding_format", "encoding_format must be float or base64.");
            }
        });
        RuleFor(r => r.Dimensions).WithinRange("dimensions", 1, int.MaxValue);
        RuleFor(r => r.KeepAlive).IsKeepAlive();
        RuleFor(r => r.Options).IsOptionsObject();
    }

    private static void CheckInput(TextInput? input, ValidationContext<CreateEmbeddingRequest> context)
    {
        if (input is null)
        {
            context.Fail("input", "input is required: a text or an array of texts.");
            return;
        }

        if (input.Texts.Count is 0 or > MostInputs)
        {
            context.Fail("input", $"input must hold 1 to {MostInputs} texts.");
            return;
        }

        for (var i = 0; i < input.Texts.Count; i++)
        {
            if (input.Texts[i].Length == 0)
            {
                var path = input.PathOf("input", i);
                context.Fail(path, $"{path} is empty: there is nothing to embed.");
                return;
            }
        }
    }
}
