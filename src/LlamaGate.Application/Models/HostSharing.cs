using System.Text.Json;

namespace LlamaGate.Application.Models;

/// <summary>
/// Whether the hosts are shared among callers. Then what callers say about the loading of models is left out and listed as ignored,
/// because it would change the model for everybody; the operator's own options stay.
/// </summary>
public sealed record HostSharing(bool IsOn)
{
    private const string OptionPrefix = "options.";

    /// <summary>Whether callers may wish for a context of the model that a name in a request means. Default: never.</summary>
    public Func<string, bool> TakesContext { get; init; } = static _ => false;

    /// <summary>The name of the only host where hosts are not shared; null where they are.</summary>
    public string? OnlyHost { get; init; }

    public static HostSharing Off { get; } = new(IsOn: false);

    /// <summary>A caller's options without those for loading; null when none are left. The same element when nothing is left out.</summary>
    /// <param name="options">An object; null when the caller has none.</param>
    internal JsonElement? Keep(JsonElement? options) => IsOn ? LoadOptions.Where(options, option => !IsDropped(option)) : options;

    /// <summary>A caller's <c>keep_alive</c>; null when it is left out.</summary>
    internal JsonElement? KeepAlive(JsonElement? keepAlive) => IsOn ? null : keepAlive;

    /// <summary>The context that a caller's options wish for, in tokens; null when they wish for none.</summary>
    internal int? WishedContext(JsonElement? options) =>
        IsOn && options is { ValueKind: JsonValueKind.Object } own && own.TryGetProperty(LoadOptions.Context, out var tokens)
            ? OptionNumbers.Positive(tokens)
            : null;

    /// <summary>The members for loading that have no effect: a wish for a context has one where the operator allows it.</summary>
    /// <param name="model">The name in the request.</param>
    /// <param name="members">Like <c>options.num_ctx</c> and <c>keep_alive</c>.</param>
    public IReadOnlyList<string> WithoutWish(string? model, IReadOnlyList<string> members) =>
        model is not null && members.Contains(OptionPrefix + LoadOptions.Context, StringComparer.Ordinal) && TakesContext(model)
            ? [.. members.Where(member => member != OptionPrefix + LoadOptions.Context)]
            : members;

    /// <summary>The fields of a request that have no effect, with those that are left out because the hosts are shared.</summary>
    /// <param name="ignored">The dialect's own.</param>
    /// <param name="model">The name in the request.</param>
    /// <param name="options">The caller's options; null when there are none.</param>
    /// <param name="keepAlive">The caller's <c>keep_alive</c>; null when there is none.</param>
    public IReadOnlyList<string> AddDropped(
        IReadOnlyList<string> ignored, string? model, JsonElement? options, JsonElement? keepAlive)
    {
        if (!IsOn)
        {
            return ignored;
        }

        var dropped = options is { ValueKind: JsonValueKind.Object } own
            ? own.EnumerateObject().Where(IsDropped).Select(option => OptionPrefix + option.Name).Distinct(StringComparer.Ordinal)
            : [];
        return [.. ignored, .. WithoutWish(model, [.. dropped]), .. keepAlive is null ? [] : new[] { "keep_alive" }];
    }

    private static bool IsDropped(JsonProperty option) => LoadOptions.Contains(option.Name);
}
