namespace LlamaGate.Domain.Callers;

/// <summary>Who is charged for a call and treated fairly: a key, or one address or one user of a key (<see cref="ShareBy"/>).</summary>
/// <param name="Id">Unique among all principals: the key's id, with the address or the user behind a <c>/</c> if the key is shared by them.</param>
/// <param name="KeyId">The id of the key; a fixed word for callers without a key.</param>
public sealed record Principal(string Id, string KeyId)
{
    /// <summary>Maximum length of a user's name.</summary>
    public const int MaxUserLength = 128;

    /// <summary>The share of a busy host, relative to the weights of the others.</summary>
    public double Weight { get; init; } = KeyEntry.DefaultWeight;

    /// <summary>The class of its calls, and the highest that they may ask for.</summary>
    public KeyPriority Priority { get; init; } = KeyPriority.Normal;

    /// <summary>Calls that may run at a time; null = no limit.</summary>
    public int? MaxRunning { get; init; }

    /// <summary>Calls that may wait at a time.</summary>
    public int MaxWaiting { get; init; } = KeyEntry.DefaultMaxWaiting;

    /// <summary>The user whom the header of <c>share_by</c> names; null when the key is not shared by users, and when it names none. Never an address.</summary>
    public string? User { get; init; }

    /// <param name="part">The address or the user, if the key is shared by them; null = the key itself.</param>
    public static Principal Of(Caller caller, string? part = null) => new(part is null ? caller.Id : $"{caller.Id}/{part}", caller.Id)
    {
        User = caller.Policy.ShareBy is ShareBy.User ? part : null,
        Weight = caller.Policy.Weight,
        Priority = caller.Policy.Priority,
        MaxRunning = caller.Policy.MaxRunning,
        MaxWaiting = caller.Policy.MaxWaiting,
    };
}
