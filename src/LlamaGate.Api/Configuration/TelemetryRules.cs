using System.Globalization;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// Values of OpenTelemetry's variables that its SDK ignores silently, and names that are nearly one of them. They are warnings: the
/// variables may be meant for other programs too. Values are not shown, since an address can contain a password.
/// </summary>
internal static class TelemetryRules
{
    private const string Otlp = "OTEL_EXPORTER_OTLP_";

    /// <summary>More letters that differ are no misspelling.</summary>
    private const int MaxDistance = 2;

    private static readonly string[] Signals = ["", "METRICS_", "TRACES_"];

    /// <summary>The names that the documents explain, with what they allow; null = anything.</summary>
    private static readonly Dictionary<string, (Func<string, bool> IsAllowed, string Allowed)?> Known = Signals
        .SelectMany(signal => new (string Name, (Func<string, bool>, string)? Rule)[]
        {
            ($"{Otlp}{signal}ENDPOINT", (IsAddress, "an http or https URL, like http://localhost:4317")),
            ($"{Otlp}{signal}PROTOCOL", (static text => text is "grpc" or "http/protobuf", "grpc or http/protobuf")),
            ($"{Otlp}{signal}TIMEOUT", Milliseconds),
            ($"{Otlp}{signal}HEADERS", null),
        })
        .Concat(
        [
            ("OTEL_METRICS_EXPORTER", (static text => AreAll(text, "otlp", "prometheus", "none"), "otlp or none; /metrics is served without it")),
            ("OTEL_TRACES_EXPORTER", (static text => AreAll(text, "otlp", "none"), "otlp or none")),
            ("OTEL_METRIC_EXPORT_INTERVAL", Milliseconds),
            ("OTEL_METRIC_EXPORT_TIMEOUT", Milliseconds),
            ("OTEL_SDK_DISABLED", (static text => text.ToUpperInvariant() is "TRUE" or "FALSE", "true or false")),
            ("OTEL_SERVICE_NAME", null),
            ("OTEL_RESOURCE_ATTRIBUTES", null),
            ("OTEL_TRACES_SAMPLER", (IsSampler, "always_on, always_off or traceidratio, or one of them after parentbased_")),
            ("OTEL_TRACES_SAMPLER_ARG", (IsRatio, "a number from 0 to 1")),
        ])
        .ToDictionary(pair => pair.Name, pair => pair.Rule, StringComparer.OrdinalIgnoreCase);

    private static (Func<string, bool> IsAllowed, string Allowed) Milliseconds =>
        (static text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0, "a whole number of milliseconds");

    /// <param name="variables">As <see cref="TelemetryVariables.Read"/> found them.</param>
    public static IEnumerable<string> FindIgnored(IReadOnlyDictionary<string, string> variables) =>
        from pair in variables
        let rule = Known.GetValueOrDefault(pair.Key)
        where rule is { } known && !known.IsAllowed(pair.Value.Trim())
        select $"{pair.Key}: the value is ignored; allowed: {rule!.Value.Allowed}";

    /// <summary>The name that was probably meant; null when the name is known, or like none.</summary>
    public static string? FindMeant(string name) =>
        Known.ContainsKey(name) ? null : Known.Keys.FirstOrDefault(known => EditDistance.Between(name, known) <= MaxDistance);

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https" };

    private static bool AreAll(string text, params IReadOnlyList<string> allowed) => text
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .All(name => allowed.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static bool IsSampler(string text)
    {
        const string Parent = "parentbased_";
        var sampler = text.StartsWith(Parent, StringComparison.OrdinalIgnoreCase) ? text[Parent.Length..] : text;
        return sampler.ToUpperInvariant() is "ALWAYS_ON" or "ALWAYS_OFF" or "TRACEIDRATIO";
    }

    private static bool IsRatio(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio) && ratio <= 1;
}
