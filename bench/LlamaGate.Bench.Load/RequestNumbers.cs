namespace LlamaGate.Bench.Load;

/// <summary>
/// Numbers that no other request of this process has, so that no cache has seen the request before. A body holds
/// <see cref="Placeholder"/> where its number goes; the width is fixed, so that all bodies have the same length.
/// </summary>
public static class RequestNumbers
{
    /// <summary>A mark that the rest of no body contains, and the digits of the number. post.lua knows it too.</summary>
    public const string Placeholder = "#000000000000";

    private static long _next;

    /// <summary>The first of that many numbers, all of which are the caller's.</summary>
    public static long Reserve(long count) => Interlocked.Add(ref _next, count) - count;
}
