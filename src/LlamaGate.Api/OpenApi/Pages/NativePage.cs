using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.Requests;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>A page of Ollama's own API. Bodies pass as they are, so no contract describes them: Ollama's own document does.</summary>
/// <param name="answer">An example of what comes back.</param>
/// <param name="request">An example that works unchanged; null for an endpoint without a body.</param>
/// <param name="stream">An example of its lines; null for an endpoint that does not stream.</param>
internal abstract class NativePage(
    string id, string summary, string description, string answer, string? request = null, string? stream = null) : EndpointPage
{
    public override string OperationId => id;

    public override ApiTag Tag => ApiTag.Ollama;

    public override string Summary => summary;

    public override string Description => description;

    public bool TakesBody => request is not null;

    public override string? RequestDescription => TakesBody ? "As in Ollama's API." : null;

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "Ollama's answer." };

    public override IReadOnlyList<string> AnswerHeaders { get; } = request is null
        ? [ExchangeHeaders.CacheHeader, ExchangeHeaders.HostHeader, ExchangeHeaders.QueueHeader]
        : OpenApi.AnswerHeaders.OfCalls;

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        .. request is null ? Enumerable.Empty<PageExample>() : [new("request", "A request", request)],
        new("answer", "An answer", answer, StatusCodes.Status200OK),
        .. stream is null ? Enumerable.Empty<PageExample>()
            : [new("stream", "A stream", stream, StatusCodes.Status200OK) { MediaType = PageExample.Ndjson }],
    ];
}
