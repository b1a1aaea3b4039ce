using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.OpenApi.Schemas;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi;

/// <summary>Declares that an action's path has another form for Anthropic's clients, which a header chooses.</summary>
internal abstract class AlsoForAnthropicAttribute(Type form) : Attribute
{
    public Type Form => form;
}

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AlsoForAnthropicAttribute<TForm>() : AlsoForAnthropicAttribute(typeof(TForm));

/// <summary>Adds the other form to the 200, and the header that chooses it.</summary>
internal sealed class AnthropicFormFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.Find<AlsoForAnthropicAttribute>() is not { } other
            || operation.Responses?.GetValueOrDefault(PageExample.KeyOf(StatusCodes.Status200OK)) is not OpenApiResponse answer
            || answer.Content?[PageExample.Json] is not OpenApiMediaType { Schema: { } own } json)
        {
            return;
        }

        json.Schema = Schema.AnyOf(own, context.SchemaGenerator.GenerateSchema(other.Form, context.SchemaRepository));
        AnswerHeaders.Add(answer, [AnthropicErrorDialect.RequestIdHeader], context.Document);
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = AnthropicErrorDialect.VersionHeader,
            In = ParameterLocation.Header,
            Description = "If present, with any value (`2023-06-01`), the answer and all errors have Anthropic's format.",
            Schema = Schema.String,
        });
    }
}
