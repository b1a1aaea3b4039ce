using System.Collections;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// The variables that OpenTelemetry defines for every program. Its SDK reads them; here they are only collected, so that they work in
/// <c>.env</c> too.
/// </summary>
internal static class TelemetryVariables
{
    private const string Prefix = "OTEL_";

    public static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public static bool Has(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Environment over file. An empty variable means the default, as OpenTelemetry specifies.</summary>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyDictionary<string, string> file, IDictionary environment)
    {
        var variables = file.Where(pair => Has(pair.Key)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry pair in environment)
        {
            if (pair is { Key: string name, Value: string value } && Has(name))
            {
                variables[name] = value;
            }
        }

        var given = variables.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return given.Count == 0 ? None : given;
    }
}
