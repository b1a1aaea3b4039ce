using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.OpenApi.Errors;

/// <summary>One status with which a request may fail.</summary>
/// <param name="Name">Its key in the document's shared answers.</param>
/// <param name="Headers">Its headers, in addition to those of every answer.</param>
internal sealed record ErrorAnswer(
    int Status, string Name, string Description, IReadOnlyList<string> Headers, IReadOnlyList<ErrorExample> Examples);

/// <summary>One error as it is sent; type and code come from the error table.</summary>
internal sealed record ErrorExample(GatewayError Error, string Message, string? Param = null)
{
    /// <summary>By how much a prompt is too long.</summary>
    public ExceededContext? ExceededContext { get; init; }
}
