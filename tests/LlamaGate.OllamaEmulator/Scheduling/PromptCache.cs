namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>What a runner has computed: a prompt with the same beginning computes its rest only.</summary>
internal sealed class PromptCache
{
    private const int Capacity = 64;

    private readonly LinkedList<IReadOnlyList<string>> _prompts = [];

    public void Add(IReadOnlyList<string> prompt)
    {
        _prompts.AddFirst(prompt);
        if (_prompts.Count > Capacity)
        {
            _prompts.RemoveLast();
        }
    }

    /// <summary>Words still to compute, at least one.</summary>
    public int Uncomputed(IReadOnlyList<string> prompt) =>
        Math.Max(1, prompt.Count - _prompts.Select(known => CommonPrefix(known, prompt)).DefaultIfEmpty().Max());

    private static int CommonPrefix(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        var length = 0;
        while (length < one.Count && length < other.Count && string.Equals(one[length], other[length], StringComparison.Ordinal))
        {
            length++;
        }

        return length;
    }
}
