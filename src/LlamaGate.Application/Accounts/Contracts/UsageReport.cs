using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Accounts.Contracts;

/// <summary>
/// Usage in a period, summed up:
/// <c>{"from","to","by","data":[{"key","calls","tokens_in","tokens_out","gpu_seconds","device_seconds","cache_hits","tokens_saved","waited"}]}</c>.
/// The first member of each row has the name that <c>by</c> states. Times are in seconds, to the millisecond.
/// </summary>
[JsonConverter(typeof(UsageReportConverter))]
public sealed record UsageReport(UsageQuery Query, IReadOnlyList<UsageRow> Rows)
{
    /// <summary>The members of a row behind the first one, in their order.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["calls", "tokens_in", "tokens_out", "gpu_seconds", "device_seconds", "cache_hits", "tokens_saved", "waited"];

    /// <summary>The values of <see cref="Fields"/>.</summary>
    public static IReadOnlyList<decimal> ValuesOf(UsageRow row) =>
    [
        row.Calls, row.TokensIn, row.TokensOut, Seconds(row.GpuTime), Seconds(row.DeviceTime), row.CacheHits, row.TokensSaved, Seconds(row.Waited),
    ];

    /// <summary>The second division drops trailing zeros.</summary>
    private static decimal Seconds(TimeSpan time) => Math.Round((decimal)time.Ticks / TimeSpan.TicksPerSecond, 3) / 1.000m;
}

/// <summary>Source-generated writing of the report.</summary>
[JsonSerializable(typeof(UsageReport))]
public sealed partial class UsageJsonContext : JsonSerializerContext;

/// <summary>Writes the report; nobody reads one.</summary>
internal sealed class UsageReportConverter : JsonConverter<UsageReport>
{
    public override UsageReport Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A report is only written.");

    public override void Write(Utf8JsonWriter writer, UsageReport value, JsonSerializerOptions options)
    {
        var by = UsageQueryText.NameOf(value.Query.By);
        writer.WriteStartObject();
        writer.WriteString("from", UsageQueryText.Of(value.Query.From));
        writer.WriteString("to", UsageQueryText.Of(value.Query.To));
        writer.WriteString("by", by);
        writer.WriteStartArray("data");
        foreach (var row in value.Rows)
        {
            writer.WriteStartObject();
            writer.WriteString(by, row.Group);
            foreach (var (name, number) in UsageReport.Fields.Zip(UsageReport.ValuesOf(row)))
            {
                writer.WriteNumber(name, number);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
