using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;

namespace LlamaGate.Infrastructure.Caching;

/// <summary>An entry of <see cref="AnswerMemory"/> while it is written. It is kept when it is disposed, which is the interface's way.</summary>
/// <param name="keep">Takes it.</param>
internal sealed class AnswerEntry(object key, Action<AnswerEntry> keep) : ICacheEntry
{
    public object Key => key;

    public object? Value { get; set; }

    /// <summary>Null: it does not expire.</summary>
    public DateTimeOffset? AbsoluteExpiration { get; set; }

    /// <summary>In bytes.</summary>
    public long? Size { get; set; }

    public CacheItemPriority Priority { get; set; }

    // What the response cache does not use has no effect.
    public TimeSpan? AbsoluteExpirationRelativeToNow { get; set; }

    public TimeSpan? SlidingExpiration { get; set; }

    public IList<IChangeToken> ExpirationTokens => [];

    public IList<PostEvictionCallbackRegistration> PostEvictionCallbacks => [];

    public void Dispose() => keep(this);
}
