using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers;

/// <summary>The key of a variable, which may change while the gateway runs. Its holder is made anew only then.</summary>
/// <param name="read">The variable as it is now; empty = not set.</param>
/// <param name="entry">What the key may do.</param>
/// <param name="policy">The same for its calls.</param>
internal sealed class VariableKey(Func<string> read, KeyEntry entry, CallerPolicy policy)
{
    private volatile Holder _holder = new("", default);

    /// <summary>The holder of the key, always the same.</summary>
    public Caller Caller { get; } = new(entry.Id, policy) { HasKey = true };

    public KeyEntry Entry => entry;

    public bool IsSet => read().Length > 0;

    public bool Matches(KeyDigest digest)
    {
        var (holder, key) = (_holder, read());
        if (!ReferenceEquals(holder.Key, key))
        {
            _holder = holder = new Holder(key, KeyDigest.Of(key));
        }

        return key.Length > 0 && holder.Digest == digest;
    }

    private sealed record Holder(string Key, KeyDigest Digest)
    {
        /// <summary>A record would print the key.</summary>
        public override string ToString() => nameof(Holder);
    }
}
