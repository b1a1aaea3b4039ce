using LlamaGate.Application.Validation;
using Microsoft.OpenApi;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>Schemas of the fields that several endpoints have. Each call creates a new one, since callers modify it.</summary>
internal static class GenerationSchemas
{
    public static OpenApiSchema StopSequences
    {
        get
        {
            var texts = Schema.ArrayOf(Schema.String);
            texts.MaxItems = FieldRanges.MaxStopSequences;
            return Schema.AnyOf(Schema.String, texts);
        }
    }

    /// <summary>The arguments of an earlier call, which clients return as a string or as they read it.</summary>
    public static OpenApiSchema CallArguments => Schema.AnyOf(Schema.String, Schema.FreeForm);

    public static OpenApiSchema KeepAlive => Schema.AnyOf(Schema.Number, Schema.String);

    public static OpenApiSchema Think => Schema.AnyOf(Schema.Boolean, Schema.OneOfWords("low", "medium", "high", "max"));
}
