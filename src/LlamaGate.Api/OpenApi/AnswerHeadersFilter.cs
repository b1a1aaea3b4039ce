using LlamaGate.Api.OpenApi.Pages;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi;

/// <summary>Adds the headers to successful answers; errors have theirs in <see cref="Errors.ErrorAnswers"/>.</summary>
internal sealed class AnswerHeadersFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var page = DescribedByAttribute.PageOf(context.ApiDescription.ActionDescriptor);
        var isLimited = context.ApiDescription.IsLimited();
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (answer is not OpenApiResponse own)
            {
                continue;
            }

            AnswerHeaders.Add(own, AnswerHeaders.Everywhere, context.Document);
            if (isLimited)
            {
                AnswerHeaders.Add(own, AnswerHeaders.WhereLimited, context.Document);
            }

            if (status == "200")
            {
                AnswerHeaders.Add(own, page?.AnswerHeaders ?? [], context.Document);
            }
        }
    }
}
