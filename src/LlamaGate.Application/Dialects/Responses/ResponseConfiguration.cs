using LlamaGate.Application.Dialects.Responses.Contracts;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The settings that a conversation can change: those of the last <c>configuration_update</c> that has them, otherwise the request's.</summary>
/// <param name="Effort">How much a thinking model thinks; null when nothing says so.</param>
/// <param name="Format">The format of the answer's text; null when nothing says so.</param>
internal readonly record struct ResponseConfiguration(string? Effort, ResponseTextFormat? Format)
{
    /// <param name="input">The whole conversation.</param>
    public static ResponseConfiguration Of(CreateResponseRequest request, IReadOnlyList<ResponseInputItem> input)
    {
        var configuration = new ResponseConfiguration(request.Reasoning?.Effort, request.Text?.Format);
        foreach (var item in input)
        {
            if (item.Type == ResponseItemTypes.ConfigurationUpdate)
            {
                configuration = new(item.Reasoning?.Effort ?? configuration.Effort, item.Text?.Format ?? configuration.Format);
            }
        }

        return configuration;
    }
}
