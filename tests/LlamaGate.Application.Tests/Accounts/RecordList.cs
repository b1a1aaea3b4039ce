using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Tests.Accounts;

/// <summary>Keeps the records that it gets.</summary>
internal sealed class RecordList : List<UsageRecord>, IUsageSink
{
    void IUsageSink.Add(UsageRecord record) => Add(record);
}
