using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi.Examples;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi;

/// <summary>Says that an action may answer 200 with a stream of such events too.</summary>
internal abstract class ProducesEventStreamAttribute(Type eventType, string ending) : Attribute
{
    public Type EventType => eventType;

    /// <summary>The event that tells of a failure after the stream has begun.</summary>
    public Type FailureType { get; init; } = typeof(OpenAIError);

    /// <summary>How a stream tells that it is complete or broke.</summary>
    public string Ending => ending;
}

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProducesEventStreamAttribute<TEvent>(
    string ending = "the last is `[DONE]`, or an error envelope when the answer broke")
    : ProducesEventStreamAttribute(typeof(TEvent), ending);

/// <summary>
/// Adds the stream to the 200. An event stream is a text to OpenAPI; that each of its events is JSON of a schema stands in
/// <c>contentSchema</c>.
/// </summary>
internal sealed class EventStreamFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var stream = context.ApiDescription.ActionDescriptor.EndpointMetadata
            .OfType<ProducesEventStreamAttribute>().FirstOrDefault();
        if (stream is null || operation.Responses?.GetValueOrDefault("200") is not OpenApiResponse answer)
        {
            return;
        }

        answer.Content ??= new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal);
        answer.Content[PageExample.EventStream] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = $"Server-sent events. The `data` of each is a `{stream.EventType.Name}`; {stream.Ending}.",
                ContentMediaType = PageExample.EventStream,
                ContentSchema = new OpenApiSchema
                {
                    AnyOf =
                    [
                        context.SchemaGenerator.GenerateSchema(stream.EventType, context.SchemaRepository),
                        context.SchemaGenerator.GenerateSchema(stream.FailureType, context.SchemaRepository),
                    ],
                },
            },
        };
    }
}
