namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>The file of the accounts cannot be used. The message completes "the accounts cannot be written: …" and contains no path.</summary>
internal sealed class StoreFaultException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Only somebody who replaces the file can help.</summary>
    public bool NeedsAnotherFile { get; init; }
}
