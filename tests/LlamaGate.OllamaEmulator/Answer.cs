using System.Text;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator;

/// <summary>What is answered, before the wire's accidents.</summary>
public abstract record Answer
{
    private protected Answer()
    {
    }
}

/// <summary>What a model says; the endpoint writes it in its own form, streamed or plain as the request asks.</summary>
public sealed record ModelAnswer : Answer
{
    /// <summary>Deltas of thinking, sent first.</summary>
    public IReadOnlyList<string> Thinking { get; init; } = [];

    /// <summary>Deltas of the answer's text.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Tool calls, after the text. <c>/api/chat</c> only.</summary>
    public IReadOnlyList<EmulatedToolCall> ToolCalls { get; init; } = [];

    public ToolCallForm ToolCallForm { get; init; }

    /// <summary>Ollama's reason on the closing line: stop, length.</summary>
    public string DoneReason { get; init; } = "stop";

    /// <summary>Tokens of the prompt to report; null counts the request's words.</summary>
    public int? PromptTokens { get; init; }

    internal int EvalCount => Thinking.Count + Tokens.Count + ToolCalls.Count;
}

/// <summary>A tool call as the model makes it.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="ArgumentsJson">A compact JSON object.</param>
/// <param name="Id">The call's id; null makes one in the form's manner.</param>
public sealed record EmulatedToolCall(string Name, string ArgumentsJson, string? Id = null);

/// <summary>The two recorded manners of a tool call on a stream.</summary>
public enum ToolCallForm
{
    /// <summary>Each call on a <c>done:false</c> line of its own (models with a Go template).</summary>
    OwnLine,

    /// <summary>All calls on the <c>done:true</c> line (models with the GGUF's jinja template).</summary>
    DoneLine,
}

/// <summary>A recorded exchange, byte for byte.</summary>
public sealed record RecordedAnswer(Recording Recording) : Answer;

/// <summary>
/// Any status and bytes. <see cref="Lines"/> are sent chunked, one flush each; without them <see cref="Body"/> is sent.
/// </summary>
public sealed record RawAnswer(int Status, string? ContentType) : Answer
{
    public ReadOnlyMemory<byte> Body { get; init; }

    public IReadOnlyList<ReadOnlyMemory<byte>>? Lines { get; init; }

    internal static RawAnswer Error(int status, string error) =>
        new(status, ContentTypes.Json) { Body = Encoding.UTF8.GetBytes($$"""{"error":{{GoJson.Quote(error)}}}""") };

    internal static RawAnswer Stream(IEnumerable<string> lines) =>
        new(200, ContentTypes.NdJson)
        {
            Lines = [.. lines.Select(line => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(line + "\n")))],
        };
}
