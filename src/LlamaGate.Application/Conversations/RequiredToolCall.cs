using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// Forces a model to call a tool (tool_choice required, or a named one). A schema constrains the answer; a real Ollama then
/// writes the call as JSON text, which is converted into a tool call.
/// </summary>
internal static class RequiredToolCall
{
    /// <summary>Maximum length of an answer that is held back and parsed as a call, in characters.</summary>
    private const int MaxTextLength = 16 * 1024 * 1024;

    /// <summary>The same prompt, constrained to a call of one of its tools.</summary>
    public static ChatPrompt Constrain(ChatPrompt prompt) =>
        prompt with { Format = new ResponseFormat(ToolCallSchema.For(prompt.Tools)) };

    /// <summary>The stream with its text held back and returned as a call at the end; thinking is passed on at once.</summary>
    /// <exception cref="GatewayException">The answer is not a call of an offered tool.</exception>
    public static async IAsyncEnumerable<ConversationUpdate> ReadAsync(
        IAsyncEnumerable<ConversationUpdate> updates,
        IReadOnlyList<ToolDefinition> tools,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var called = false;
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            ThrowIfNotOffered(update.ToolCalls, tools);
            Append(text, update.Content);
            called |= update.ToolCalls.Count > 0;
            yield return update.IsDone && !called
                ? WithCall(update, text.ToString(), tools)
                : With(update, update.ToolCalls, content: update.IsDone ? text.ToString() : "");
        }
    }

    private static ConversationUpdate WithCall(ConversationUpdate update, string text, IReadOnlyList<ToolDefinition> tools)
    {
        var call = Parse(text, isCut: update.FinishReason == FinishReason.Length);
        if (call is not null && !IsOffered(call, tools))
        {
            call = null;
        }

        if (call is null && update.FinishReason != FinishReason.Length)
        {
            throw NotTheCall();
        }

        return With(update, call is null ? [] : [call], content: "");
    }

    private static ConversationUpdate With(ConversationUpdate update, IReadOnlyList<ToolCall> calls, string content) => new()
    {
        Call = update.Call,
        Content = content,
        Thinking = update.Thinking,
        ToolCalls = calls,
        IsDone = update.IsDone,
        FinishReason = update.FinishReason,
        Usage = update.Usage,
        Timings = update.Timings,
    };

    private static void Append(StringBuilder text, string piece)
    {
        if (text.Length + piece.Length > MaxTextLength)
        {
            throw NotTheCall();
        }

        text.Append(piece);
    }

    /// <summary>A schema does not constrain a call that the model makes through its own template.</summary>
    private static void ThrowIfNotOffered(IReadOnlyList<ToolCall> calls, IReadOnlyList<ToolDefinition> tools)
    {
        if (calls.Count > 0 && calls.Any(call => !IsOffered(call, tools)))
        {
            throw NotTheCall();
        }
    }

    private static bool IsOffered(ToolCall call, IReadOnlyList<ToolDefinition> tools) => tools.Any(tool => tool.Name == call.Name);

    private static GatewayException NotTheCall() =>
        new(GatewayError.UpstreamError, "A tool call was required, but the model answered with something else.")
        {
            FailsAgain = true,
            UpstreamStatus = 200,
        };

    /// <param name="isCut">The token limit cut the text off: its arguments are then returned as far as they go, as OpenAI does.</param>
    private static ToolCall? Parse(string text, bool isCut)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        LoneSurrogates.Replace(bytes);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: !isCut, new JsonReaderState(ContractSerialization.ReaderOptions));
        string? name = null;
        string? arguments = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                if (reader.ValueTextEquals("name") && reader.Read())
                {
                    name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
                else if (reader.ValueTextEquals("arguments") && reader.Read())
                {
                    arguments = ReadObject(ref reader, bytes);
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return name is not null && arguments is not null ? new ToolCall("", name, arguments) : null;
    }

    private static string? ReadObject(ref Utf8JsonReader reader, byte[] bytes)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            // A schema with alternatives may allow it.
            return reader.TokenType == JsonTokenType.Null ? "{}" : null;
        }

        var start = (int)reader.TokenStartIndex;
        var end = reader.TrySkip() ? (int)reader.BytesConsumed : bytes.Length;
        return Encoding.UTF8.GetString(bytes.AsSpan(start, end - start));
    }
}
