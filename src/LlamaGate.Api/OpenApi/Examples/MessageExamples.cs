namespace LlamaGate.Api.OpenApi.Examples;

/// <summary>Requests that work as they stand against any Ollama that has a chat model, and answers.</summary>
internal static class MessageExamples
{
    public static IReadOnlyList<PageExample> All { get; } =
    [
        new("plain", "A question", """
            { "model": "{chat-model}", "max_tokens": 256, "messages": [{ "role": "user", "content": "Why is the sky blue?" }] }
            """),
        new("streamed", "A stream", """
            {
              "model": "{chat-model}",
              "max_tokens": 256,
              "system": "Answer in one sentence.",
              "messages": [{ "role": "user", "content": "Tell a story." }],
              "stream": true
            }
            """),
        new("conversation", "A conversation with a tool", """
            {
              "model": "{chat-model}",
              "max_tokens": 256,
              "messages": [
                { "role": "user", "content": "What is the weather in Paris?" },
                {
                  "role": "assistant",
                  "content": [{ "type": "tool_use", "id": "toolu_8hT2", "name": "get_weather", "input": { "city": "Paris" } }]
                },
                {
                  "role": "user",
                  "content": [{ "type": "tool_result", "tool_use_id": "toolu_8hT2", "content": "sunny, 24 degrees" }]
                }
              ],
              "tools": [
                {
                  "name": "get_weather",
                  "description": "The weather in a city",
                  "input_schema": { "type": "object", "properties": { "city": { "type": "string" } }, "required": ["city"] }
                }
              ]
            }
            """),
        new("answer", "A text", """
            {
              "id": "msg_Wq3vT8nKx2LmR7bYc5JdHs9a",
              "type": "message",
              "role": "assistant",
              "model": "{chat-model}",
              "content": [{ "type": "text", "text": "Air scatters blue light most." }],
              "stop_reason": "end_turn",
              "stop_sequence": null,
              "stop_details": null,
              "container": null,
              "diagnostics": null,
              "usage": {
                "input_tokens": 28, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "output_tokens": 7, "cache_creation": null,
                "output_tokens_details": null, "server_tool_use": null, "service_tier": null, "inference_geo": null, "speed": null
              }
            }
            """, StatusCodes.Status200OK),
    ];

    public static IReadOnlyList<PageExample> Counts { get; } =
    [
        new("count", "A question", """
            { "model": "{chat-model}", "messages": [{ "role": "user", "content": "Why is the sky blue?" }] }
            """),
        new("estimate", "An estimate", """{ "input_tokens": 5 }""", StatusCodes.Status200OK),
    ];
}
