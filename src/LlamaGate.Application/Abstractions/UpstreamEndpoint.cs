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
}
