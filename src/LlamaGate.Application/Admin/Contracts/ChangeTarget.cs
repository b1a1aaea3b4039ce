namespace LlamaGate.Application.Admin.Contracts;

/// <summary>What a change concerns.</summary>
/// <param name="Host">The host's name; null where it concerns none.</param>
/// <param name="Model">The model's own name; null where it concerns none.</param>
/// <param name="Call">The call's id; null where it concerns none.</param>
public sealed record ChangeTarget(string? Host = null, string? Model = null, string? Call = null)
{
    /// <summary>For the log.</summary>
    public override string ToString() => Call ?? (Model is null ? $"host {Host}" : $"{Model} on host {Host}");
}
