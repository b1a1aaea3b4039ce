using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Generation;

/// <summary>Passes on the tool calls that the caller accepts: all of them, or only the first of an answer.</summary>
internal struct CallLimit(bool onlyOne)
{
    /// <summary>The calls passed on so far.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<ToolCall> Take(IReadOnlyList<ToolCall> calls)
    {
        if (onlyOne && calls.Count > 0)
        {
            calls = Count > 0 ? [] : [calls[0]];
        }

        Count += calls.Count;
        return calls;
    }
}
