using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi.Examples;
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
        var api = context.ApiDescription;
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (answer is not OpenApiResponse own)
            {
                continue;
            }

            AnswerHeaders.Add(own, AnswerHeaders.Everywhere, context.Document);
            AnswerHeaders.Add(own, api.IsLimited() ? AnswerHeaders.WhereLimited : [], context.Document);
            AnswerHeaders.Add(own, api.SpeaksAnthropic() ? [AnthropicErrorDialect.RequestIdHeader] : [], context.Document);
            AnswerHeaders.Add(own, IsStream(own) ? AnswerHeaders.OfStreams : [], context.Document);

            if (status == "200")
            {
                AnswerHeaders.Add(own, page?.AnswerHeaders ?? [], context.Document);
            }
        }
    }

    private static bool IsStream(OpenApiResponse answer) =>
        answer.Content is { } content && (content.ContainsKey(PageExample.EventStream) || content.ContainsKey(PageExample.Ndjson));
}
