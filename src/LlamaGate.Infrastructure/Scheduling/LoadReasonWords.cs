using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling;

internal static class LoadReasonWords
{
    /// <summary>As in answers and metrics.</summary>
    public static string ToWord(this LoadReason reason) => reason switch
    {
        LoadReason.First => "first",
        LoadReason.Copy => "copy",
        LoadReason.Switch => "switch",
        LoadReason.Grow => "grow",
        LoadReason.Admin => "admin",
        LoadReason.Foreign => "foreign",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
