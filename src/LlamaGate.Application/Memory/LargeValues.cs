namespace LlamaGate.Application.Memory;

/// <summary>
/// Counts the values of many megabytes that were held. The runtime keeps their memory until a collection, which an idle
/// gateway never triggers; MemoryTrim reads this count.
/// </summary>
public static class LargeValues
{
    /// <summary>A value over this many bytes is large: 4 MiB, more than most long histories and images.</summary>
    public const int MinBytes = 4 * 1024 * 1024;

    private static long _count;

    public static long Count => Volatile.Read(ref _count);

    public static void Note() => Interlocked.Increment(ref _count);
}
