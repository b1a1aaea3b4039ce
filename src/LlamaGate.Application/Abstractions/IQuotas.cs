using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Abstractions;

/// <summary>How much of their quotas callers have used today.</summary>
public interface IQuotas
{
    /// <summary>Cheap. Null for a caller without a quota, and before it is known what the key has used.</summary>
    QuotaUse? Find(Caller caller);
}
