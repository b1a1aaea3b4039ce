using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi.Examples;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi;

/// <summary>Declares that an action may also answer 200 with a stream of these events.</summary>
internal abstract class ProducesEventStreamAttribute(Type eventType, string ending) : Attribute
{
    public Type EventType => eventType;

    /// <summary>The event that reports a failure after the stream has begun.</summary>
    public Type FailureType { get; init; } = typeof(OpenAIError);

    /// <summary>How a stream signals that it is complete or has failed.</summary>
    public string Ending => ending;
}

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProducesEventStreamAttribute<TEvent>(
    string ending = "the last is `[DONE]`, or an error envelope if the answer failed")
    : ProducesEventStreamAttribute(typeof(TEvent), ending);

/// <summary>
/// Adds the stream to the 200. To OpenAPI an event stream is a string; the schema of its JSON events is in
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
