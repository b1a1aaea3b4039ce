using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Accounts;

/// <summary>The use of a key that has a quota.</summary>
/// <param name="Caller">As the key was when its use was first needed.</param>
/// <param name="Ledger">What it has used.</param>
/// <param name="Known">Ends when the ledger contains what the accounts say of today. Never fails.</param>
internal sealed record QuotaEntry(Caller Caller, QuotaLedger Ledger, Task Known);
