using System.Globalization;

namespace LlamaGate.Api.RateLimiting;

/// <summary>The limit of a bucket, computed once.</summary>
/// <param name="RequestsPerSecond">The steady rate; may be below 1.</param>
internal sealed record BucketSize(decimal RequestsPerSecond)
{
    /// <summary>Requests that pass at once when the bucket is empty.</summary>
    public int Burst { get; } = BurstOf(RequestsPerSecond);

    /// <summary><see cref="Burst"/> for a header.</summary>
    public string BurstText { get; } = BurstOf(RequestsPerSecond).ToString(CultureInfo.InvariantCulture);

    private static int BurstOf(decimal rate) => (int)Math.Max(1, Math.Ceiling(rate));
}
