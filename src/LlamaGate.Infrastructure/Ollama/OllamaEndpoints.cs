using LlamaGate.Application.Abstractions;

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
        UpstreamEndpoint.Version => "api/version",
        UpstreamEndpoint.Embeddings => "api/embeddings",
        UpstreamEndpoint.Pull => "api/pull",
        UpstreamEndpoint.Push => "api/push",
        UpstreamEndpoint.Create => "api/create",
        UpstreamEndpoint.Copy => "api/copy",
        UpstreamEndpoint.Delete => "api/delete",
        UpstreamEndpoint.FindBlob or UpstreamEndpoint.CreateBlob => "api/blobs",
        _ => throw new ArgumentOutOfRangeException(nameof(endpoint)),
    };

    public static HttpMethod Method(this UpstreamEndpoint endpoint) => endpoint switch
    {
        UpstreamEndpoint.Tags or UpstreamEndpoint.RunningModels or UpstreamEndpoint.Version => HttpMethod.Get,
        UpstreamEndpoint.Delete => HttpMethod.Delete,
        UpstreamEndpoint.FindBlob => HttpMethod.Head,
        _ => HttpMethod.Post,
    };

    /// <summary>Whether the call may change which models the host has.</summary>
    public static bool ChangesModels(this UpstreamEndpoint endpoint) => endpoint
        is UpstreamEndpoint.Pull or UpstreamEndpoint.Create or UpstreamEndpoint.Copy or UpstreamEndpoint.Delete;
}
