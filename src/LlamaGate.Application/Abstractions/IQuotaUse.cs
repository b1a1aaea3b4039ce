namespace LlamaGate.Application.Abstractions;

/// <summary>How much of their quotas the keys have used, for the metrics.</summary>
public interface IQuotaUse
{
    /// <summary>The quotas of the current UTC day. Keys without a quota are not in it.</summary>
    IReadOnlyList<UsedQuota> List();
}

/// <param name="KeyId">The id of the key.</param>
/// <param name="Kind"><c>tokens</c> or <c>gpu_seconds</c>.</param>
/// <param name="Used">The used part; 1 = all of it.</param>
public readonly record struct UsedQuota(string KeyId, string Kind, double Used);
