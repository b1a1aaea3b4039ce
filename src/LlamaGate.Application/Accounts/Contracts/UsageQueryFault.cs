namespace LlamaGate.Application.Accounts.Contracts;

/// <summary>What is wrong with a query for usage.</summary>
/// <param name="Field"><c>from</c>, <c>to</c> or <c>by</c>.</param>
/// <param name="Message">Completes the field's name: "must be …".</param>
public sealed record UsageQueryFault(string Field, string Message);
