using System.Text.Json;
using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Domain.Errors;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi.Errors;

/// <summary>
/// Adds the errors of its kind to every operation: all endpoints fail in the same ways, so no controller has to list them.
/// </summary>
internal sealed class ErrorAnswersFilter : IOperationFilter
{
    private const string OllamaFailure = "OllamaFailure";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        operation.Responses ??= [];
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<SpeaksOllamaAttribute>().Any())
        {
            operation.Responses.TryAdd("default", ShareOllamas(context));
            return;
        }

        foreach (var answer in AnswersOf(operation, context).OrderBy(answer => answer.Status))
        {
            // An action's own declaration (health's 503) takes precedence over the rule.
            operation.Responses.TryAdd(PageExample.KeyOf(answer.Status), Share(answer, context));
        }
    }

    private static IEnumerable<ErrorAnswer> AnswersOf(OpenApiOperation operation, OperationFilterContext context) =>
    [
        .. ErrorAnswers.Everywhere,
        .. context.ApiDescription.IsLimited() ? ErrorAnswers.OfApi : [],
        .. operation.RequestBody is not null ? ErrorAnswers.OfBody : [],
        .. operation.Parameters is { Count: > 0 } ? ErrorAnswers.OfParameters : [],
    ];

    private static OpenApiResponseReference Share(ErrorAnswer answer, OperationFilterContext context) =>
        Share(answer.Name, context, () => ToResponse(answer, context));

    /// <summary>One for all statuses: it is a text whatever went wrong, and Ollama's own are not known.</summary>
    private static OpenApiResponseReference ShareOllamas(OperationFilterContext context) => Share(OllamaFailure, context, () =>
    {
        var response = new OpenApiResponse
        {
            Description = "An error, of Ollama's or of the gateway's.",
            Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                [PageExample.Json] = new OpenApiMediaType
                {
                    Schema = context.SchemaGenerator.GenerateSchema(typeof(OllamaError), context.SchemaRepository),
                },
            },
        };
        AnswerHeaders.Add(response, AnswerHeaders.Everywhere, context.Document);
        return response;
    });

    private static OpenApiResponseReference Share(string name, OperationFilterContext context, Func<OpenApiResponse> create)
    {
        var document = context.Document;
        document.Components ??= new OpenApiComponents();
        document.Components.Responses ??= new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        if (!document.Components.Responses.ContainsKey(name))
        {
            document.Components.Responses.Add(name, create());
        }

        return new OpenApiResponseReference(name, document);
    }

    private static OpenApiResponse ToResponse(ErrorAnswer answer, OperationFilterContext context)
    {
        var response = new OpenApiResponse
        {
            Description = answer.Description,
            Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                [PageExample.Json] = new OpenApiMediaType
                {
                    Schema = context.SchemaGenerator.GenerateSchema(typeof(OpenAIError), context.SchemaRepository),
                    Examples = answer.Examples.ToDictionary(
                        NameOf, example => (IOpenApiExample)ToExample(example), StringComparer.Ordinal),
                },
            },
        };
        AnswerHeaders.Add(response, [.. answer.Headers, .. AnswerHeaders.Everywhere], context.Document);
        return response;
    }

    private static string NameOf(ErrorExample example) =>
        ErrorTranslator.ToCode(new GatewayException(example.Error, example.Message));

    private static OpenApiExample ToExample(ErrorExample example)
    {
        var body = OpenAIErrorDialect.Default.ToError(
            new GatewayException(example.Error, example.Message) { Path = example.Param });
        return new OpenApiExample
        {
            Summary = NameOf(example),
            Value = JsonSerializer.SerializeToNode(new OpenAIError(body), OpenAIErrorJsonContext.Default.OpenAIError),
        };
    }
}
