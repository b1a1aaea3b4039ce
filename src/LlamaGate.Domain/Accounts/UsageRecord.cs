using LlamaGate.Domain.Errors;

namespace LlamaGate.Domain.Accounts;

/// <summary>What one upstream call used, or what one answer from the cache saved. It contains no prompt, address or secret.</summary>
/// <param name="Id">Unique for ever, so that a record that is written twice counts once.</param>
/// <param name="EndedAt">In UTC; decides the day to which the record belongs.</param>
/// <param name="KeyId">The id of the caller's key; a fixed word for callers without a key.</param>
/// <param name="Model">The model's own name.</param>
public sealed record UsageRecord(Guid Id, DateTimeOffset EndedAt, string KeyId, string Model)
{
    public UsageKind Kind { get; init; }

    /// <summary>The user whom the header of <c>share_by</c> names; null when the key is not shared by users. Never an address.</summary>
    public string? User { get; init; }

    /// <summary>The host's name; null for an answer from the cache.</summary>
    public string? Host { get; init; }

    public UsageOperation Operation { get; init; }

    public UsageOutcome Outcome { get; init; }

    /// <summary>Why the call failed; null unless it did.</summary>
    public GatewayError? Error { get; init; }

    /// <summary>Tokens of the prompt as Ollama counted them.</summary>
    public long TokensIn { get; init; }

    /// <summary>Tokens of the answer as Ollama counted them.</summary>
    public long TokensOut { get; init; }

    /// <summary>Tokens that an answer from the cache would have used.</summary>
    public long TokensSaved { get; init; }

    /// <summary>The call's part of the load that it waited for; zero on a model that was loaded.</summary>
    public TimeSpan Load { get; init; }

    /// <summary><c>prompt_eval_duration</c>.</summary>
    public TimeSpan Prompt { get; init; }

    /// <summary><c>eval_duration</c>; of a call that ended without a last line, the time for which it held its slot.</summary>
    public TimeSpan Eval { get; init; }

    /// <summary>From the sending of the call to its end.</summary>
    public TimeSpan Held { get; init; }

    /// <summary>The part of <see cref="Held"/> that is the call's own when it is split at each moment over the host's running calls.</summary>
    public TimeSpan Device { get; init; }

    /// <summary>The time in the queue before it was sent; after a failed attempt, since its return to the queue.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>From the sending of the call to the first line of the answer; null when there was none.</summary>
    public TimeSpan? FirstChunk { get; init; }

    /// <summary>Load, prompt and answer together: what the call cost.</summary>
    public TimeSpan GpuTime => Load + Prompt + Eval;

    /// <summary>The UTC day to which the record belongs.</summary>
    public DateOnly Day => DateOnly.FromDateTime(EndedAt.UtcDateTime);
}
