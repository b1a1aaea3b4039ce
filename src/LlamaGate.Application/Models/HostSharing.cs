using System.Buffers;
using System.Text.Json;

namespace LlamaGate.Application.Models;

/// <summary>
/// Whether the hosts are shared among callers. Then what callers say about the loading of models is left out and listed as ignored,
/// because it would change the model for everybody; the operator's own options stay.
/// </summary>
public sealed record HostSharing(bool IsOn)
{
    private const string OptionPrefix = "options.";

    public static HostSharing Off { get; } = new(IsOn: false);

    /// <summary>A caller's options without those for loading; null when none are left. The same element when nothing is left out.</summary>
    /// <param name="options">An object; null when the caller has none.</param>
    internal JsonElement? Keep(JsonElement? options)
    {
        if (!IsOn || options is not { ValueKind: JsonValueKind.Object } own || !own.EnumerateObject().Any(IsDropped))
        {
            return options;
        }

        var bytes = new ArrayBufferWriter<byte>();
        var isEmpty = true;
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var option in own.EnumerateObject().Where(option => !IsDropped(option)))
            {
                option.WriteTo(writer);
                isEmpty = false;
            }

            writer.WriteEndObject();
        }

        return isEmpty ? null : JsonElement.Parse(bytes.WrittenSpan);
    }

    /// <summary>A caller's <c>keep_alive</c>; null when it is left out.</summary>
    internal JsonElement? KeepAlive(JsonElement? keepAlive) => IsOn ? null : keepAlive;

    /// <summary>The fields of a request that have no effect, with those that are left out because the hosts are shared.</summary>
    /// <param name="ignored">The dialect's own.</param>
    /// <param name="options">The caller's options; null when there are none.</param>
    /// <param name="keepAlive">The caller's <c>keep_alive</c>; null when there is none.</param>
    public IReadOnlyList<string> AddDropped(IReadOnlyList<string> ignored, JsonElement? options, JsonElement? keepAlive)
    {
        if (!IsOn)
        {
            return ignored;
        }

        var dropped = options is { ValueKind: JsonValueKind.Object } own
            ? own.EnumerateObject().Where(IsDropped).Select(option => OptionPrefix + option.Name)
            : [];
        return [.. ignored, .. dropped.Distinct(StringComparer.Ordinal), .. keepAlive is null ? [] : new[] { "keep_alive" }];
    }

    private static bool IsDropped(JsonProperty option) => LoadOptions.Contains(option.Name);
}
