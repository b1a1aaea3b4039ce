using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Abstractions;

/// <summary>Quotas that several gateways count together. Not registered where a gateway works alone.</summary>
public interface ISharedQuotas
{
    /// <summary>Reserves what a call will probably use, unless a limit is reached over all gateways.</summary>
    /// <returns>Null when the others cannot be asked in time: then this gateway decides by what it knows.</returns>
    ValueTask<SharedReservation?> TryReserveAsync(
        string keyId, QuotaLimits limits, double tokens, double gpuSeconds, CancellationToken cancellationToken);

    /// <summary>A call has ended, and its record was added.</summary>
    void Release(SharedReservation reservation);

    /// <summary>What the key has used today over all gateways. Cheap. Null before that is known.</summary>
    QuotaUse? Find(string keyId);
}

/// <summary>An answer to a wish to reserve.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="Day">The UTC day on which it was made.</param>
/// <param name="Tokens">Reserved tokens.</param>
/// <param name="GpuSeconds">Reserved GPU seconds.</param>
/// <param name="Spent">The limit that is reached; null: it is reserved.</param>
/// <param name="Use">What the key has used then.</param>
public sealed record SharedReservation(string KeyId, DateOnly Day, double Tokens, double GpuSeconds, QuotaKind? Spent, QuotaUse Use);
