using System.Text.Json.Nodes;
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
        if (context.ApiDescription.Find<SpeaksOllamaAttribute>() is not null)
        {
            operation.Responses.TryAdd("default", ShareOllamas(context));
            return;
        }

        foreach (var answer in AnswersOf(operation, context).OrderBy(answer => answer.Status))
        {
            // An action's own declaration (health's 503) takes precedence over the rule.
            operation.Responses.TryAdd(PageExample.KeyOf(answer.Status), Share(answer, ErrorWords.Of(context, answer), context));
        }
    }

    private static IEnumerable<ErrorAnswer> AnswersOf(OpenApiOperation operation, OperationFilterContext context) =>
    [
        .. ErrorAnswers.Everywhere,
        .. context.ApiDescription.IsAdmin() ? ErrorAnswers.OfAdmin : context.ApiDescription.IsLimited() ? ErrorAnswers.OfApi : [],
        .. context.ApiDescription.IsPublic() ? [] : ErrorAnswers.OfKeys,
        .. context.ApiDescription.IsAdminChange() ? ErrorAnswers.OfChanges : [],
        .. operation.RequestBody is not null ? ErrorAnswers.OfBody : [],
        .. HasParameter(operation, ParameterLocation.Path) ? ErrorAnswers.OfPaths : [],
        // Those of the public routes are flags, which have no wrong value.
        .. HasParameter(operation, ParameterLocation.Query) && !context.ApiDescription.IsPublic() ? ErrorAnswers.OfQueries : [],
    ];

    private static bool HasParameter(OpenApiOperation operation, ParameterLocation location) =>
        operation.Parameters?.Any(parameter => parameter.In == location) is true;

    private static OpenApiResponseReference Share(ErrorAnswer answer, ErrorWords words, OperationFilterContext context) =>
        Share(words.Prefix + answer.Name, context, () => ToResponse(answer, words, context));

    /// <summary>One for all statuses: it is a string whatever went wrong, and Ollama's own are not known.</summary>
    private static OpenApiResponseReference ShareOllamas(OperationFilterContext context) => Share(OllamaFailure, context, () =>
    {
        var response = new OpenApiResponse
        {
            Description = "An error of Ollama or of the gateway.",
            Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                [PageExample.Json] = new OpenApiMediaType
                {
                    Schema = context.SchemaGenerator.GenerateSchema(typeof(OllamaError), context.SchemaRepository),
                },
            },
        };
        AnswerHeaders.Add(response, [.. AnswerHeaders.OfErrors, .. AnswerHeaders.WhereCounted], context.Document);
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

    private static OpenApiResponse ToResponse(ErrorAnswer answer, ErrorWords words, OperationFilterContext context)
    {
        var response = new OpenApiResponse
        {
            Description = answer.Description,
            Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                [PageExample.Json] = new OpenApiMediaType
                {
                    Schema = context.SchemaGenerator.GenerateSchema(words.Envelope, context.SchemaRepository),
                    Examples = answer.Examples.ToDictionary(
                        NameOf, example => (IOpenApiExample)ToExample(example, words), StringComparer.Ordinal),
                },
            },
        };
        AnswerHeaders.Add(response, [.. answer.Headers, .. AnswerHeaders.OfErrors, .. words.Headers], context.Document);
        return response;
    }

    private static string NameOf(ErrorExample example) =>
        ErrorTranslator.ToCode(new GatewayException(example.Error, example.Message));

    private static OpenApiExample ToExample(ErrorExample example, ErrorWords words)
    {
        var error = new GatewayException(example.Error, example.Message) { Path = example.Param, ExceededContext = example.ExceededContext };
        return new OpenApiExample
        {
            Summary = NameOf(example),
            Value = JsonNode.Parse(words.Dialect.ToBody(error, requestId: "9f1c2e7ab54d4c0c8a3f6f0e2b1d7c55").Span),
        };
    }

    /// <summary>The format of an endpoint's errors.</summary>
    /// <param name="Prefix">Of the names of the document's shared answers.</param>
    private sealed record ErrorWords(IErrorDialect Dialect, Type Envelope, string Prefix)
    {
        public IReadOnlyList<string> Headers { get; init; } = AnswerHeaders.WhereCounted;

        private static readonly ErrorWords OpenAI = new(OpenAIErrorDialect.Default, typeof(OpenAIError), "");
        private static readonly ErrorWords Anthropic = new(AnthropicErrorDialect.Default, typeof(AnthropicError), "Anthropic")
        {
            Headers = [AnthropicErrorDialect.RequestIdHeader, .. AnswerHeaders.WhereAnthropicCounts],
        };

        /// <summary>Where there are two forms, only Anthropic's reads parameters that can be wrong.</summary>
        public static ErrorWords Of(OperationFilterContext context, ErrorAnswer answer) =>
            context.ApiDescription.SpeaksAnthropic()
            || (ErrorAnswers.OfQueries.Contains(answer) && context.ApiDescription.Find<AlsoForAnthropicAttribute>() is not null)
                ? Anthropic
                : OpenAI;
    }
}
