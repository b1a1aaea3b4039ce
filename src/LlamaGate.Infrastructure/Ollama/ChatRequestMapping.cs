using System.Buffers;
using System.Text.Json;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Generation;
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
        Options = ToOptions(request.Options),
        Think = request.Think is { } think ? ToWire(think) : null,
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

    private static JsonElement ToWire(ThinkLevel level) => level switch
    {
        ThinkLevel.Off => Think.Off,
        ThinkLevel.On => Think.On,
        ThinkLevel.Low => Think.Low,
        ThinkLevel.Medium => Think.Medium,
        ThinkLevel.High => Think.High,
        ThinkLevel.Max => Think.Max,
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    /// <summary>OpenAI's fields win over the vendor's object of the same name; an object that would be empty is not sent.</summary>
    internal static JsonElement? ToOptions(GenerationOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteOpenAIOptions(writer, options);
            foreach (var member in options.Vendor?.EnumerateObject() ?? default)
            {
                if (!IsSetByOpenAI(options, member.Name))
                {
                    member.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        if (buffer.WrittenCount == "{}".Length)
        {
            return null;
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static bool IsSetByOpenAI(GenerationOptions options, string name) => name switch
    {
        "temperature" => options.Temperature is not null,
        "top_p" => options.TopP is not null,
        "seed" => options.Seed is not null,
        "frequency_penalty" => options.FrequencyPenalty is not null,
        "presence_penalty" => options.PresencePenalty is not null,
        "num_predict" => options.MaxTokens is not null,
        "stop" => options.Stop is not null,
        _ => false,
    };

    private static void WriteOpenAIOptions(Utf8JsonWriter writer, GenerationOptions options)
    {
        WriteNumber(writer, "temperature", options.Temperature);
        WriteNumber(writer, "top_p", options.TopP);
        WriteNumber(writer, "frequency_penalty", options.FrequencyPenalty);
        WriteNumber(writer, "presence_penalty", options.PresencePenalty);
        if (options.Seed is { } seed)
        {
            writer.WriteNumber("seed", seed);
        }

        if (options.MaxTokens is { } most)
        {
            writer.WriteNumber("num_predict", most);
        }

        if (options.Stop is { } stop)
        {
            writer.WriteStartArray("stop");
            foreach (var sequence in stop)
            {
                writer.WriteStringValue(sequence);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static class Think
    {
        public static readonly JsonElement Off = JsonElement.Parse("false");
        public static readonly JsonElement On = JsonElement.Parse("true");
        public static readonly JsonElement Low = JsonElement.Parse("\"low\"");
        public static readonly JsonElement Medium = JsonElement.Parse("\"medium\"");
        public static readonly JsonElement High = JsonElement.Parse("\"high\"");
        public static readonly JsonElement Max = JsonElement.Parse("\"max\"");
    }
}
