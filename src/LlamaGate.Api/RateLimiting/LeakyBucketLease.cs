using System.Threading.RateLimiting;

namespace LlamaGate.Api.RateLimiting;

/// <summary>One decision of the bucket, with the values for the answer's headers.</summary>
internal sealed class LeakyBucketLease(BucketSize bucket, bool isAcquired, int remaining, TimeSpan reset, TimeSpan retryAfter)
    : RateLimitLease
{
    public override bool IsAcquired => isAcquired;

    /// <summary>The limit that it was decided by.</summary>
    public BucketSize Bucket => bucket;

    /// <summary>Number of further requests that would pass immediately.</summary>
    public int Remaining => remaining;

    /// <summary>Time until the bucket is empty again.</summary>
    public TimeSpan Reset => reset;

    /// <summary>Time until the next request passes; zero if this one did.</summary>
    public TimeSpan RetryAfter => retryAfter;

    public override IEnumerable<string> MetadataNames => isAcquired ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = !isAcquired && metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
        return metadata is not null;
    }
}
