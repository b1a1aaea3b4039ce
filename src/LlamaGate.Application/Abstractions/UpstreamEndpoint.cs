namespace LlamaGate.Application.Abstractions;

/// <summary>The endpoints of Ollama that the gateway uses.</summary>
public enum UpstreamEndpoint
{
    /// <summary><c>POST /api/chat</c></summary>
    Chat,

    /// <summary><c>POST /api/generate</c></summary>
    Generate,

    /// <summary><c>POST /api/embed</c></summary>
    Embed,

    /// <summary><c>POST /api/show</c></summary>
    Show,

    /// <summary><c>GET /api/tags</c></summary>
    Tags,

    /// <summary><c>GET /api/ps</c></summary>
    RunningModels,

    /// <summary><c>GET /api/version</c></summary>
    Version,

    /// <summary><c>POST /api/embeddings</c>, the older form of <see cref="Embed"/>.</summary>
    Embeddings,

    /// <summary><c>POST /api/pull</c></summary>
    Pull,

    /// <summary><c>POST /api/push</c></summary>
    Push,

    /// <summary><c>POST /api/create</c></summary>
    Create,

    /// <summary><c>POST /api/copy</c></summary>
    Copy,

    /// <summary><c>DELETE /api/delete</c></summary>
    Delete,

    /// <summary><c>HEAD /api/blobs/{digest}</c></summary>
    FindBlob,

    /// <summary><c>POST /api/blobs/{digest}</c></summary>
    CreateBlob,
}
