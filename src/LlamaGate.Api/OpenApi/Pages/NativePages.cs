namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /api/chat.</summary>
internal sealed class NativeChatPage() : NativePage(
    "ollamaChat", "Chat in Ollama's own words",
    "A chat that passes to Ollama and back as it is; a name in `MODEL_ALIASES` becomes its model. Without `\"stream\": false` the answer "
    + "is NDJSON, a line for each token.",
    """{ "model": "{chat-model}", "message": { "role": "assistant", "content": "Blue." }, "done": true, "done_reason": "stop" }""",
    """{ "model": "{chat-model}", "messages": [{ "role": "user", "content": "Why is the sky blue?" }], "stream": false }""");

/// <summary>POST /api/generate.</summary>
internal sealed class NativeGeneratePage() : NativePage(
    "ollamaGenerate", "Continue a prompt in Ollama's own words",
    "A prompt that passes to Ollama and back as it is. Without `\"stream\": false` the answer is NDJSON, a line for each token.",
    """{ "model": "{chat-model}", "response": "Blue.", "done": true, "done_reason": "stop" }""",
    """{ "model": "{chat-model}", "prompt": "Why is the sky blue?", "stream": false }""");

/// <summary>POST /api/embed.</summary>
internal sealed class NativeEmbedPage() : NativePage(
    "ollamaEmbed", "Turn texts into vectors in Ollama's own words", "Texts that pass to Ollama, and their vectors as it gives them.",
    """{ "model": "{embedding-model}", "embeddings": [[0.6, 0.8]], "prompt_eval_count": 7 }""",
    """{ "model": "{embedding-model}", "input": ["Why is the sky blue?"] }""");

/// <summary>POST /api/embeddings.</summary>
internal sealed class NativeEmbeddingsPage() : NativePage(
    "ollamaEmbeddings", "Turn a text into a vector, the older way", "Ollama's older endpoint for vectors.",
    """{ "embedding": [0.6, 0.8] }""",
    """{ "model": "{embedding-model}", "prompt": "Why is the sky blue?" }""");

/// <summary>POST /api/show.</summary>
internal sealed class NativeShowPage() : NativePage(
    "ollamaShow", "Look a model up in Ollama's own words", "What Ollama says of a model: its capabilities, template, details.",
    """{ "details": { "family": "llama" }, "capabilities": ["completion"] }""",
    """{ "model": "{chat-model}" }""");

/// <summary>GET /api/tags.</summary>
internal sealed class NativeTagsPage() : NativePage(
    "ollamaTags", "List the models in Ollama's own words",
    "Ollama's list of its models, and after them the names in `MODEL_ALIASES` whose models are there.",
    """{ "models": [{ "name": "{chat-model}", "model": "{chat-model}" }] }""");

/// <summary>GET /api/ps.</summary>
internal sealed class NativeRunningPage() : NativePage(
    "ollamaRunning", "List the loaded models", "The models that Ollama has loaded now, and their names in `MODEL_ALIASES`.",
    """{ "models": [{ "name": "{chat-model}", "model": "{chat-model}", "context_length": 4096 }] }""");

/// <summary>GET /api/version.</summary>
internal sealed class NativeVersionPage() : NativePage(
    "ollamaVersion", "Ollama's version", "By what Ollama's clients find out whether it is there. Open without a key.",
    """{ "version": "0.33.0" }""");
