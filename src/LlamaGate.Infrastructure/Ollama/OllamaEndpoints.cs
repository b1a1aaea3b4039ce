using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Where an endpoint is and how it is called.</summary>
internal static class OllamaEndpoints
{
    /// <summary>Relative to the host's address.</summary>
    public static string Path(this UpstreamEndpoint endpoint) => endpoint switch
    {
        UpstreamEndpoint.Chat => "api/chat",
        UpstreamEndpoint.Generate => "api/generate",
        UpstreamEndpoint.Embed => "api/embed",
        UpstreamEndpoint.Show => "api/show",
        UpstreamEndpoint.Tags => "api/tags",
        UpstreamEndpoint.RunningModels => "api/ps",
        _ => throw new ArgumentOutOfRangeException(nameof(endpoint)),
    };

    public static HttpMethod Method(this UpstreamEndpoint endpoint) =>
        endpoint is UpstreamEndpoint.Tags or UpstreamEndpoint.RunningModels ? HttpMethod.Get : HttpMethod.Post;

    /// <summary>The field at fault when the model cannot think.</summary>
    public static RequestField ThinkingField(this UpstreamEndpoint endpoint) =>
        endpoint is UpstreamEndpoint.Chat ? RequestField.Effort : RequestField.Think;
}
