namespace LlamaGate.Api.OpenApi.Examples;

/// <summary>Completions that work unchanged with any Ollama that has a chat model, and their answers.</summary>
internal static class CompletionExamples
{
    private const string Head =
        """{"id":"cmpl-Wq3vT8nKx2LmR7bYc5JdHs9a","object":"text_completion","created":1767225600,"model":"{chat-model}","system_fingerprint":"fp_ollama",""";

    public static IReadOnlyList<PageExample> All { get; } =
    [
        new("plain", "A prompt", """{ "model": "{chat-model}", "prompt": "Once upon a time", "max_tokens": 50 }"""),
        new("several", "Two prompts, two answers to each", """
            {
              "model": "{chat-model}",
              "prompt": ["A word for happy:", "A word for sad:"],
              "n": 2,
              "max_tokens": 10,
              "seed": 1,
              "stop": "\n"
            }
            """),
        new("streamed", "A stream with token counts", """
            {
              "model": "{chat-model}",
              "prompt": "Count to ten.",
              "stream": true,
              "stream_options": { "include_usage": true }
            }
            """),
        new("logprobs", "Log probabilities", """{ "model": "{chat-model}", "prompt": "Yes or no?", "max_tokens": 3, "logprobs": 2 }"""),
        new("text", "A text", """
            {
              "id": "cmpl-Wq3vT8nKx2LmR7bYc5JdHs9a",
              "object": "text_completion",
              "created": 1767225600,
              "model": "{chat-model}",
              "system_fingerprint": "fp_ollama",
              "choices": [{ "text": " there was a llama.", "index": 0, "logprobs": null, "finish_reason": "stop" }],
              "usage": { "prompt_tokens": 12, "completion_tokens": 6, "total_tokens": 18 }
            }
            """, StatusCodes.Status200OK),
        new("stream", "A stream with token counts", string.Concat(
            Event("""[{"text":"one","index":0,"logprobs":null,"finish_reason":null}],"usage":null"""),
            Event("""[{"text":"","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":null"""),
            Event("""[],"usage":{"prompt_tokens":12,"completion_tokens":1,"total_tokens":13}"""),
            "data: [DONE]\n\n"), StatusCodes.Status200OK)
        {
            MediaType = PageExample.EventStream,
        },
    ];

    private static string Event(string choices) => $$"""data: {{Head}}"choices":{{choices}}}""" + "\n\n";
}
