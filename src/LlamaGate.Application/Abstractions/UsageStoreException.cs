namespace LlamaGate.Application.Abstractions;

/// <summary>The store of the accounts cannot be read. The message is for the operator.</summary>
public sealed class UsageStoreException(string message, Exception? innerException = null) : Exception(message, innerException);
