using System.Text.Json;
using LlamaGate.Domain.Chat;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>The domain's chat → Ollama's body.</summary>
internal static class ChatRequestMapping
{
    private static readonly JsonElement AnyJson = JsonElement.Parse("\"json\"");

    public static OllamaChatRequest ToWire(ChatRequest request, bool stream, bool truncate) => new()
    {
        Model = request.Model,
        Messages = [.. request.Messages.Select(ToWire)],
        Stream = stream,
        Tools = request.Tools.Count == 0
            ? null
            : [.. request.Tools.Select(t => new OllamaTool(new OllamaFunction(t.Name, t.Description, t.Parameters)))],
        Format = request.Format is { } format ? format.Schema ?? AnyJson : null,
        Options = GenerationOptionsMapping.ToOptions(request.Options),
        Think = ThinkLevelMapping.ToWire(request.Think),
        KeepAlive = request.KeepAlive,
        Truncate = truncate ? null : false,
        Shift = truncate ? null : false,
        Logprobs = request.Logprobs,
        TopLogprobs = request.TopLogprobs,
    };

    private static OllamaMessage ToWire(ChatMessage message) => new()
    {
        Role = ToWire(message.Role),
        // One native message for one message: Ollama's own layer splits parts, and templates then see several turns.
        Content = message.Content is [TextPart only] ? only.Text : string.Join('\n', message.Content.OfType<TextPart>().Select(part => part.Text)),
        Thinking = message.Thinking,
        Images = message.Content.Any(part => part is ImagePart) ? [.. message.Content.OfType<ImagePart>().Select(part => part.Base64)] : null,
        ToolCalls = message.ToolCalls.Count == 0 ? null : [.. message.ToolCalls.Select(ToWire)],
        ToolName = message.ToolName,
        ToolCallId = message.ToolCallId,
    };

    private static OllamaToolCall ToWire(ToolCall call) => new()
    {
        Id = call.Id.Length == 0 ? null : call.Id,
        Function = new OllamaFunctionCall { Name = call.Name, Arguments = call.Arguments },
    };

    private static string ToWire(ChatRole role) => role switch
    {
        ChatRole.System => "system",
        ChatRole.User => "user",
        ChatRole.Assistant => "assistant",
        ChatRole.Tool => "tool",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
