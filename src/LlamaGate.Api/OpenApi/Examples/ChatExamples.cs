namespace LlamaGate.Api.OpenApi.Examples;

/// <summary>Requests that work unchanged with any Ollama that has a chat model, and their answers.</summary>
internal static class ChatExamples
{
    public static IReadOnlyList<PageExample> All { get; } =
    [
        new("plain", "A question", """
            {
              "model": "{chat-model}",
              "messages": [
                { "role": "system", "content": "You are brief and friendly." },
                { "role": "user", "content": "Why is the sky blue?" }
              ]
            }
            """),
        new("streamed", "A stream with token counts", """
            {
              "model": "{chat-model}",
              "messages": [{ "role": "user", "content": "Tell me a very short story about a llama." }],
              "stream": true,
              "stream_options": { "include_usage": true }
            }
            """),
        new("tools", "A function that the model may call", """
            {
              "model": "{chat-model}",
              "messages": [{ "role": "user", "content": "What is the weather in Paris?" }],
              "tools": [
                {
                  "type": "function",
                  "function": {
                    "name": "get_weather",
                    "description": "The weather at a place now.",
                    "parameters": {
                      "type": "object",
                      "properties": { "city": { "type": "string" }, "unit": { "type": "string", "enum": ["celsius", "fahrenheit"] } },
                      "required": ["city"]
                    }
                  }
                }
              ]
            }
            """),
        new("json_schema", "An answer that follows a schema", """
            {
              "model": "{chat-model}",
              "messages": [{ "role": "user", "content": "Name a colour and its hex code." }],
              "response_format": {
                "type": "json_schema",
                "json_schema": {
                  "name": "colour",
                  "schema": {
                    "type": "object",
                    "properties": { "name": { "type": "string" }, "hex": { "type": "string" } },
                    "required": ["name", "hex"],
                    "additionalProperties": false
                  }
                }
              },
              "temperature": 0
            }
            """),
        new("vendor", "Sampling, and options of Ollama's own", """
            {
              "model": "{chat-model}",
              "messages": [{ "role": "user", "content": "Write one line about the sea." }],
              "temperature": 0.7,
              "top_p": 0.9,
              "seed": 42,
              "max_completion_tokens": 100,
              "stop": ["\n\n"],
              "options": { "num_ctx": 4096, "top_k": 40, "min_p": 0.05 },
              "keep_alive": "10m"
            }
            """),
        .. ChatAnswerExamples.All,
    ];
}
