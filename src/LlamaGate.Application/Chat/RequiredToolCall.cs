using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Chat;

/// <summary>
/// Holds a model to calling a tool (tool_choice required, or one named). The question is constrained by a schema; a real Ollama then
/// writes the call as JSON text, and what was written is turned into the call that it is.
/// </summary>
internal static class RequiredToolCall
{
    /// <summary>The same question, constrained to a call of one of its tools.</summary>
    public static ChatRequest Constrain(ChatRequest request) =>
        request with { Format = new ResponseFormat(ToolCallSchema.For(request.Tools)) };

    /// <summary>The whole answer with its text read as the call.</summary>
    /// <exception cref="GatewayException">The answer is no call of a tool that was offered.</exception>
    public static ChatUpdate Read(ChatUpdate answer, IReadOnlyList<ToolDefinition> tools)
    {
        ThrowIfNotOffered(answer.ToolCalls, tools);
        return answer.ToolCalls.Count > 0 ? answer : WithCall(answer, answer.Content, tools);
    }

    /// <summary>The stream with its text kept back and given as the call at its end; thoughts pass at once.</summary>
    /// <exception cref="GatewayException">As for <see cref="Read"/>.</exception>
    public static async IAsyncEnumerable<ChatUpdate> ReadAsync(
        IAsyncEnumerable<ChatUpdate> updates,
        IReadOnlyList<ToolDefinition> tools,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var called = false;
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            ThrowIfNotOffered(update.ToolCalls, tools);
            text.Append(update.Content);
            called |= update.ToolCalls.Count > 0;
            yield return update.IsDone && !called
                ? WithCall(update, text.ToString(), tools)
                : new ChatUpdate
                {
                    Thinking = update.Thinking,
                    ToolCalls = update.ToolCalls,
                    IsDone = update.IsDone,
                    FinishReason = update.FinishReason,
                    Usage = update.Usage,
                    Timings = update.Timings,
                };
        }
    }

    private static ChatUpdate WithCall(ChatUpdate update, string text, IReadOnlyList<ToolDefinition> tools)
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

        return new ChatUpdate
        {
            Thinking = update.Thinking,
            ToolCalls = call is null ? [] : [call],
            IsDone = update.IsDone,
            FinishReason = update.FinishReason,
            Usage = update.Usage,
            Timings = update.Timings,
        };
    }

    /// <summary>A schema does not bind a call that the model makes in its template's own way.</summary>
    private static void ThrowIfNotOffered(IReadOnlyList<ToolCall> calls, IReadOnlyList<ToolDefinition> tools)
    {
        if (calls.Any(call => !IsOffered(call, tools)))
        {
            throw NotTheCall();
        }
    }

    private static bool IsOffered(ToolCall call, IReadOnlyList<ToolDefinition> tools) => tools.Any(tool => tool.Name == call.Name);

    private static GatewayException NotTheCall() =>
        new(GatewayError.UpstreamError, "A tool call was required, and the model answered something else.");

    /// <param name="isCut">The text ends where the token limit cut it: its arguments are then given as far as they go, as OpenAI does.</param>
    private static ToolCall? Parse(string text, bool isCut)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: !isCut, state: default);
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
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        var end = reader.TrySkip() ? (int)reader.BytesConsumed : bytes.Length;
        return Encoding.UTF8.GetString(bytes.AsSpan(start, end - start));
    }
}
