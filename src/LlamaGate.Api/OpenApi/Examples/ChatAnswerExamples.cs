namespace LlamaGate.Api.OpenApi.Examples;

/// <summary>A chat's answers: objects, and streams as on the wire.</summary>
internal static class ChatAnswerExamples
{
    private const string Text =
        """
        {
          "id": "chatcmpl-Wq3vT8nKx2LmR7bYc5JdHs9a",
          "object": "chat.completion",
          "created": 1767225600,
          "model": "{chat-model}",
          "system_fingerprint": "fp_ollama",
          "choices": [
            {
              "index": 0,
              "message": {
                "role": "assistant",
                "content": "Air scatters blue light more than red light, so blue reaches you from all sides.",
                "refusal": null
              },
              "logprobs": null,
              "finish_reason": "stop"
            }
          ],
          "usage": { "prompt_tokens": 28, "completion_tokens": 19, "total_tokens": 47 }
        }
        """;

    private const string ToolCalls =
        """
        {
          "id": "chatcmpl-Zk8pN4sVt1QwE6rXy3BgUf2c",
          "object": "chat.completion",
          "created": 1767225600,
          "model": "{chat-model}",
          "system_fingerprint": "fp_ollama",
          "choices": [
            {
              "index": 0,
              "message": {
                "role": "assistant",
                "content": null,
                "refusal": null,
                "tool_calls": [
                  { "id": "call_8hT2", "type": "function", "function": { "name": "get_weather", "arguments": "{\"city\":\"Paris\"}" } }
                ]
              },
              "logprobs": null,
              "finish_reason": "tool_calls"
            }
          ],
          "usage": { "prompt_tokens": 176, "completion_tokens": 18, "total_tokens": 194 }
        }
        """;

    private const string Head =
        """{"id":"chatcmpl-Wq3vT8nKx2LmR7bYc5JdHs9a","object":"chat.completion.chunk","created":1767225600,"model":"{chat-model}","system_fingerprint":"fp_ollama",""";

    private static readonly string[] Opening =
    [
        Chunk("""{"role":"assistant","content":""}""", "null"),
        Chunk("""{"content":"Once"}""", "null"),
        Chunk("""{"content":" upon"}""", "null"),
    ];

    public static IReadOnlyList<PageExample> All { get; } =
    [
        new("text", "A text", Text, StatusCodes.Status200OK),
        new("tool_calls", "Calls of functions", ToolCalls, StatusCodes.Status200OK),
        Stream("stream", "A stream with token counts",
        [
            .. Opening,
            Chunk("{}", "\"stop\""),
            $$$"""{{{Head}}}"choices":[],"usage":{"prompt_tokens":34,"completion_tokens":2,"total_tokens":36}}""",
            "[DONE]",
        ]),
        Stream("broken_stream", "A stream that Ollama broke off",
        [
            .. Opening,
            """{"error":{"message":"The connection to Ollama broke before the answer was complete.","type":"server_error","param":null,"code":"upstream_unreachable"}}""",
        ]),
    ];

    private static string Chunk(string delta, string finishReason) =>
        $$"""{{Head}}"choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finishReason}}}],"usage":null}""";

    private static PageExample Stream(string name, string summary, IEnumerable<string> events) =>
        new(name, summary, string.Concat(events.Select(data => $"data: {data}\n\n")), StatusCodes.Status200OK)
        {
            MediaType = PageExample.EventStream,
        };
}
