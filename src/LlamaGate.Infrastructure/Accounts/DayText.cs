using System.Globalization;

namespace LlamaGate.Infrastructure.Accounts;

/// <summary>A day as the file and the reports write it: <c>2026-11-30</c>.</summary>
internal static class DayText
{
    public const int Length = 10;

    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
