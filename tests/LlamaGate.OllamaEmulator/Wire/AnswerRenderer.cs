using System.Text;

namespace LlamaGate.OllamaEmulator.Wire;

/// <summary>Turns what a model says into a streamed or a plain reply.</summary>
internal sealed class AnswerRenderer(NativeShape shape, ModelAnswer answer, int promptTokens)
{
    private static readonly byte[] LineFeed = "\n"u8.ToArray();

    private readonly NativeShape.Closing _closing =
        new(answer.DoneReason, answer.PromptTokens ?? promptTokens, answer.EvalCount);

    public Reply Stream() => new(200, ContentTypes.NdJson)
    {
        Lines = Partials().Select(Line),
        ClosingLine = () =>
            Line(shape.Final(_closing, toolCalls: answer.ToolCallForm is ToolCallForm.DoneLine ? AllCalls() : null)),
    };

    /// <param name="finished">False writes <c>done:false</c> without a reason or counts, as Ollama's repetition
    /// guard does.</param>
    public Reply Plain(bool finished)
    {
        var content = string.Concat(answer.Tokens);
        var thinking = answer.Thinking.Count > 0 ? string.Concat(answer.Thinking) : null;
        var reply = shape.Measured is null ? Reply.Json(Json()) : Reply.Late(Json);
        return reply with { PlainLines = answer.EvalCount };

        string Json() => finished
            ? shape.Final(_closing, content, thinking, AllCalls())
            : shape.Partial(content, thinking, AllCalls());
    }

    private static ReadOnlyMemory<byte> Line(string json) => (byte[])[.. Encoding.UTF8.GetBytes(json), .. LineFeed];

    private IEnumerable<string> Partials()
    {
        if (answer.Thinking.Count > 0 && shape is GenerateShape)
        {
            // The recorded stream opens so: Ollama's thinking parser has swallowed the tag and has nothing to say yet.
            yield return shape.Partial(string.Empty);
        }

        foreach (var thought in answer.Thinking)
        {
            yield return shape.Partial(string.Empty, thought);
        }

        foreach (var token in answer.Tokens)
        {
            yield return shape.Partial(token);
        }

        if (answer.ToolCallForm is ToolCallForm.OwnLine)
        {
            for (var i = 0; i < answer.ToolCalls.Count; i++)
            {
                yield return shape.Partial(
                    string.Empty, toolCalls: ToolCallJson.Array([answer.ToolCalls[i]], answer.ToolCallForm, i));
            }
        }
    }

    private string? AllCalls() =>
        answer.ToolCalls.Count > 0 ? ToolCallJson.Array(answer.ToolCalls, answer.ToolCallForm) : null;
}
