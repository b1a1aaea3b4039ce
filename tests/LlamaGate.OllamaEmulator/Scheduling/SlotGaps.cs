namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>How long freed slots stood empty until the request of the next call had come; 0 where one waited inside.</summary>
internal sealed class SlotGaps
{
    private readonly List<TimeSpan> _gaps = [];

    public int Count => _gaps.Count;

    public TimeSpan Longest => _gaps.DefaultIfEmpty().Max();

    public void Add(TimeSpan gap) => _gaps.Add(gap);

    public void Clear() => _gaps.Clear();

    /// <summary>The nearest rank; zero when no slot was taken again.</summary>
    /// <param name="share">From 0 to 1: 0.95 is the gap that 95 % do not exceed.</param>
    public TimeSpan Quantile(double share)
    {
        var ordered = _gaps.Order().ToArray();
        return ordered.Length == 0 ? TimeSpan.Zero : ordered[Math.Max(0, (int)Math.Ceiling(share * ordered.Length) - 1)];
    }
}
