namespace LlamaGate.Application.Abstractions;

/// <summary>How the store of the accounts is.</summary>
/// <param name="IsPersistent">Whether records survive a restart: DATA_DIR is set.</param>
/// <param name="Pending">Records in memory that are not written yet.</param>
/// <param name="Lag">The age of the oldest of them; zero when there are none.</param>
/// <param name="Lost">Records that were dropped since the start, because too many could not be written.</param>
/// <param name="Fault">Why writing fails, in words; null while it works. Contains no path.</param>
public sealed record UsageStoreState(bool IsPersistent, int Pending, TimeSpan Lag, long Lost, string? Fault);
