namespace LlamaGate.Domain.Accounts;

/// <summary>By what usage is summed up.</summary>
public enum UsageGroup
{
    Key,
    User,
    Model,
    Host,
    Day,
}
