using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Requests;

internal static class CacheWords
{
    /// <summary>As written in the header and the log.</summary>
    public static string ToWord(this CacheOutcome outcome) => outcome switch
    {
        CacheOutcome.Hit => "hit",
        CacheOutcome.Miss => "miss",
        CacheOutcome.Bypass => "bypass",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
