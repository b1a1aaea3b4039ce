namespace LlamaGate.Api.Configuration;

/// <summary>One variable: its documentation, and the conversion between its text and a setting.</summary>
/// <param name="Name">As in the environment and in <c>.env</c>.</param>
/// <param name="Allowed">Range and unit, worded to complete "allowed: …".</param>
/// <param name="Purpose">One line for help texts.</param>
/// <param name="Apply">The settings with the value, or null when the text is not allowed.</param>
/// <param name="Show">The value as text that <paramref name="Apply"/> reads back.</param>
internal sealed record Variable(
    string Name,
    string Allowed,
    string Purpose,
    Func<GatewaySettings, string, GatewaySettings?> Apply,
    Func<GatewaySettings, string> Show)
{
    private static readonly GatewaySettings Defaults = new();

    /// <summary>A secret's value is never shown, not even when it was refused.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The part of a refused value that may be shown.</summary>
    public Func<string, string> Redact { get; init; } = static text => text;

    /// <summary>What exactly is wrong with a refused value, without secrets; null when there is nothing to add to the value itself.</summary>
    public Func<string, string?> Explain { get; init; } = static _ => null;

    /// <summary>That the shown value leaves something out; null when it is whole.</summary>
    public Func<GatewaySettings, string?> Note { get; init; } = static _ => null;

    /// <summary>What the shown value leaves out; only to compare, never to show.</summary>
    public Func<GatewaySettings, string> Hidden { get; init; } = static _ => "";

    /// <summary>Empty where the variable is off by default.</summary>
    public string Default => Show(Defaults);

    /// <summary>The value in use, for display.</summary>
    public string Describe(GatewaySettings settings) => Show(settings) switch
    {
        "" => IsSecret ? "(not set)" : "(empty)",
        _ when IsSecret => "(set)",
        var text => text,
    };

    /// <summary>The values are not the same, be it in what is never shown.</summary>
    public bool Differs(GatewaySettings one, GatewaySettings other) => Show(one) != Show(other) || Hidden(one) != Hidden(other);

    public string Refuse(string text) => IsSecret
        ? $"{Name}: the value (not shown) is not allowed; allowed: {Allowed}"
        : Explain(text) is { } problem ? $"{Name}: {problem}"
        : $"{Name}: \"{Redact(text)}\" is not allowed; allowed: {Allowed}";
}
