namespace LlamaGate.Api.OpenApi.Examples;

/// <summary>Requests that work unchanged with any Ollama that has an embedding model, and their answers.</summary>
internal static class EmbeddingExamples
{
    public static IReadOnlyList<PageExample> All { get; } =
    [
        new("one", "A text", """{ "model": "{embedding-model}", "input": "Why is the sky blue?" }"""),
        new("several", "Several texts, as base64", """
            {
              "model": "{embedding-model}",
              "input": ["Why is the sky blue?", "Grass is green."],
              "encoding_format": "base64"
            }
            """),
        new("floats", "Numbers", """
            {
              "object": "list",
              "data": [{ "object": "embedding", "index": 0, "embedding": [0.16404244, 0.068252236, -0.24445258] }],
              "model": "{embedding-model}",
              "usage": { "prompt_tokens": 7, "total_tokens": 7 }
            }
            """, StatusCodes.Status200OK),
        new("base64", "Base64", """
            {
              "object": "list",
              "data": [{ "object": "embedding", "index": 0, "embedding": "vvonPtTHiz3HUXq+" }],
              "model": "{embedding-model}",
              "usage": { "prompt_tokens": 7, "total_tokens": 7 }
            }
            """, StatusCodes.Status200OK),
    ];
}
