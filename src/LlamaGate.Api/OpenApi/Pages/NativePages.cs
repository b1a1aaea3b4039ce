namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /api/chat.</summary>
internal sealed class NativeChatPage() : NativePage(
    "ollamaChat", "Chat with Ollama's own API",
    "A chat that is passed through unchanged; a name in `MODEL_ALIASES` is replaced by its model. Without `\"stream\": false` the answer "
    + "is NDJSON, one line per token.",
    """{ "model": "{chat-model}", "message": { "role": "assistant", "content": "Blue." }, "done": true, "done_reason": "stop" }""",
    """{ "model": "{chat-model}", "messages": [{ "role": "user", "content": "Why is the sky blue?" }], "stream": false }""",
    """
    {"model":"{chat-model}","message":{"role":"assistant","content":"Blue."},"done":false}
    {"model":"{chat-model}","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}

    """);

/// <summary>POST /api/generate.</summary>
internal sealed class NativeGeneratePage() : NativePage(
    "ollamaGenerate", "Continue a prompt with Ollama's own API",
    "A prompt that is passed through unchanged. Without `\"stream\": false` the answer is NDJSON, one line per token.",
    """{ "model": "{chat-model}", "response": "Blue.", "done": true, "done_reason": "stop" }""",
    """{ "model": "{chat-model}", "prompt": "Why is the sky blue?", "stream": false }""",
    """
    {"model":"{chat-model}","response":"Blue.","done":false}
    {"model":"{chat-model}","response":"","done":true,"done_reason":"stop"}

    """);

/// <summary>POST /api/embed.</summary>
internal sealed class NativeEmbedPage() : NativePage(
    "ollamaEmbed", "Create embeddings with Ollama's own API", "Strings, passed through unchanged, and their vectors.",
    """{ "model": "{embedding-model}", "embeddings": [[0.6, 0.8]], "prompt_eval_count": 7 }""",
    """{ "model": "{embedding-model}", "input": ["Why is the sky blue?"] }""");

/// <summary>POST /api/embeddings.</summary>
internal sealed class NativeEmbeddingsPage() : NativePage(
    "ollamaEmbeddings", "Create an embedding (legacy)", "Ollama's legacy endpoint for embeddings.",
    """{ "embedding": [0.6, 0.8] }""",
    """{ "model": "{embedding-model}", "prompt": "Why is the sky blue?" }""");

/// <summary>POST /api/show.</summary>
internal sealed class NativeShowPage() : NativePage(
    "ollamaShow", "Show a model with Ollama's own API", "Ollama's information about a model: capabilities, template, details.",
    """{ "details": { "family": "llama" }, "capabilities": ["completion"] }""",
    """{ "model": "{chat-model}" }""");

/// <summary>GET /api/tags.</summary>
internal sealed class NativeTagsPage() : NativePage(
    "ollamaTags", "List the models with Ollama's own API",
    "Ollama's list of its models, followed by the names in `MODEL_ALIASES` whose models exist.",
    """{ "models": [{ "name": "{chat-model}", "model": "{chat-model}" }] }""");

/// <summary>GET /api/ps.</summary>
internal sealed class NativeRunningPage() : NativePage(
    "ollamaRunning", "List the loaded models", "The models that Ollama has currently loaded, and their names in `MODEL_ALIASES`.",
    """{ "models": [{ "name": "{chat-model}", "model": "{chat-model}", "context_length": 4096 }] }""");

/// <summary>GET /api/version.</summary>
internal sealed class NativeVersionPage() : NativePage(
    "ollamaVersion", "Ollama's version", "Ollama's clients use it to check that the server is up. No key.",
    """{ "version": "0.33.0" }""");
