using Microsoft.OpenApi;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>Schemas of the fields that several endpoints have. Each is made anew, since what takes it writes into it.</summary>
internal static class GenerationSchemas
{
    private const int MostStopSequences = 64;

    public static OpenApiSchema StopSequences
    {
        get
        {
            var texts = Schema.ArrayOf(Schema.String);
            texts.MaxItems = MostStopSequences;
            return Schema.AnyOf(Schema.String, texts);
        }
    }

    public static OpenApiSchema KeepAlive => Schema.AnyOf(Schema.Number, Schema.String);

    public static OpenApiSchema Think => Schema.AnyOf(Schema.Boolean, Schema.OneOfWords("low", "medium", "high", "max"));
}
