using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Generation;

/// <summary>Lets through the tool calls that the caller takes: all of them, or only the first of an answer.</summary>
internal struct CallLimit(bool onlyOne)
{
    /// <summary>The calls that were let through so far.</summary>
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
