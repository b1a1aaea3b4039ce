using System.Threading.RateLimiting;

namespace LlamaGate.Api.RateLimiting;

/// <summary>One decision of the bucket, with what the answer's headers say about it.</summary>
internal sealed class LeakyBucketLease(bool isAcquired, int remaining, TimeSpan reset, TimeSpan retryAfter)
    : RateLimitLease
{
    public override bool IsAcquired => isAcquired;

    /// <summary>Requests that would pass at once after this one.</summary>
    public int Remaining => remaining;

    /// <summary>Until the bucket is as good as new.</summary>
    public TimeSpan Reset => reset;

    /// <summary>Until the next request passes; zero when this one did.</summary>
    public TimeSpan RetryAfter => retryAfter;

    public override IEnumerable<string> MetadataNames => isAcquired ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = !isAcquired && metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
        return metadata is not null;
    }
}
