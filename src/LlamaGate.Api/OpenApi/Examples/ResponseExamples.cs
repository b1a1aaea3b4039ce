namespace LlamaGate.Api.OpenApi.Examples;

/// <summary>Requests that work unchanged with any Ollama that has a chat model, and an answer.</summary>
internal static class ResponseExamples
{
    public static IReadOnlyList<PageExample> All { get; } =
    [
        new("text", "A text", """{ "model": "{chat-model}", "input": "Why is the sky blue?" }"""),
        new("streamed", "A stream", """
            { "model": "{chat-model}", "instructions": "Answer in one sentence.", "input": "Tell a story.", "stream": true }
            """),
        new("conversation", "A conversation with a tool", """
            {
              "model": "{chat-model}",
              "input": [
                { "role": "user", "content": "What is the weather in Paris?" },
                { "type": "function_call", "call_id": "call_8hT2", "name": "get_weather", "arguments": "{\"city\":\"Paris\"}" },
                { "type": "function_call_output", "call_id": "call_8hT2", "output": "sunny, 24 degrees" }
              ],
              "tools": [
                {
                  "type": "function",
                  "name": "get_weather",
                  "description": "The weather in a city",
                  "parameters": { "type": "object", "properties": { "city": { "type": "string" } }, "required": ["city"] },
                  "strict": true
                }
              ]
            }
            """),
        new("answer", "A text", """
            {
              "id": "resp_Wq3vT8nKx2LmR7bYc5JdHs9a",
              "object": "response",
              "created_at": 1767225600,
              "status": "completed",
              "background": false,
              "completed_at": 1767225601,
              "error": null,
              "incomplete_details": null,
              "instructions": null,
              "max_output_tokens": null,
              "model": "{chat-model}",
              "output": [
                {
                  "type": "message",
                  "id": "msg_Zk8pN4sVt1QwE6rXy3BgUf2c",
                  "status": "completed",
                  "role": "assistant",
                  "content": [{ "type": "output_text", "text": "Air scatters blue light most.", "annotations": [], "logprobs": [] }]
                }
              ],
              "parallel_tool_calls": true,
              "previous_response_id": null,
              "prompt_cache_key": null,
              "reasoning": { "effort": null, "summary": null },
              "safety_identifier": null,
              "store": false,
              "temperature": null,
              "text": { "format": { "type": "text" } },
              "tool_choice": "auto",
              "tools": [],
              "top_logprobs": 0,
              "top_p": null,
              "truncation": "disabled",
              "usage": {
                "input_tokens": 28,
                "input_tokens_details": { "cached_tokens": 0, "cache_write_tokens": 0 },
                "output_tokens": 7,
                "output_tokens_details": { "reasoning_tokens": 0 },
                "total_tokens": 35
              },
              "metadata": {}
            }
            """, StatusCodes.Status200OK),
    ];
}
