using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Models;

namespace LlamaGate.Api.CommandLine.Keys;

/// <summary>What an operator should know about the keys, for check-config and the doctor.</summary>
internal sealed class KeysSummary(IReadOnlyList<KeyEntry> keys, DateTimeOffset now)
{
    private const int MaxNames = 10;

    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    private readonly List<KeyEntry> _expired = [.. keys.Where(key => key.Expires <= now)];
    private readonly List<KeyEntry> _expiring = [.. keys.Where(key => key.Expires > now && key.Expires <= now + Soon)];

    /// <summary>Whether a key expires within seven days.</summary>
    public bool IsExpiring => _expiring.Count > 0;

    /// <summary>Like "3 keys, 1 disabled".</summary>
    public string Count
    {
        get
        {
            var disabled = keys.Count(key => key.IsDisabled);
            return (keys.Count == 1 ? "1 key" : $"{keys.Count} keys") + (disabled > 0 ? $", {disabled} disabled" : "");
        }
    }

    public IEnumerable<string> Notes()
    {
        if (_expired.Count > 0)
        {
            yield return $"expired: {List(_expired.Select(key => $"{key.Id} ({EndOf(key)})"))}";
        }

        if (_expiring.Count > 0)
        {
            yield return $"expiring within 7 days: {List(_expiring.Select(key => $"{key.Id} ({EndOf(key)})"))}";
        }
    }

    /// <summary>The patterns that allow or exclude none of these models, with their keys.</summary>
    public IReadOnlyList<string> FindUnusedPatterns(IReadOnlyList<string> models) =>
    [
        .. from key in keys
           where !key.Models.IsUnlimited
           from pattern in key.Models.Patterns
           where !models.Any(model => ModelPattern.Matches(pattern.TrimStart('!'), model))
           select $"{key.Id} ({pattern})",
    ];

    public static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(MaxNames)) + (all.Count > MaxNames ? $" and {all.Count - MaxNames} more" : "");
    }

    private static string EndOf(KeyEntry key) => KeyPolicyText.EndOf(key.Expires.GetValueOrDefault());
}
