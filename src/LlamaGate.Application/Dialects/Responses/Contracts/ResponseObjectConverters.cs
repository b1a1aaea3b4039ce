using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>Reads an object. Items of other servers have anything else under the same name, which has no meaning here.</summary>
internal abstract class ResponseObjectConverter<T> : JsonConverter<T>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return NestedContractException.Read(ref reader, TypeOf(ResponsesJsonContext.Of(options)));
        }

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, TypeOf(ResponsesJsonContext.Of(options)));

    protected abstract JsonTypeInfo<T> TypeOf(ResponsesJsonContext context);
}

internal sealed class ResponseReasoningConverter : ResponseObjectConverter<ResponseReasoning>
{
    protected override JsonTypeInfo<ResponseReasoning> TypeOf(ResponsesJsonContext context) => context.ResponseReasoning;
}

internal sealed class ResponseTextParamConverter : ResponseObjectConverter<ResponseTextParam>
{
    protected override JsonTypeInfo<ResponseTextParam> TypeOf(ResponsesJsonContext context) => context.ResponseTextParam;
}
