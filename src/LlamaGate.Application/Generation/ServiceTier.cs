using System.Text.Json;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Generation;

/// <summary>
/// OpenAI's <c>service_tier</c>: <c>flex</c> is for work that can wait, <c>priority</c> for work that cannot. Everything else is the key's own
/// class. It has an effect on shared hosts only.
/// </summary>
internal static class ServiceTier
{
    public const string Name = "service_tier";

    /// <returns>Null when it asks for no class.</returns>
    public static KeyPriority? ToPriority(JsonElement? tier) => tier is not { ValueKind: JsonValueKind.String } text ? null
        : text.ValueEquals("flex"u8) ? KeyPriority.Low
        : text.ValueEquals("priority"u8) ? KeyPriority.High
        : null;

    /// <summary>For a body without a member for it.</summary>
    /// <param name="unknown">The members that the body does not know; null when there are none.</param>
    public static KeyPriority? ToPriority(IDictionary<string, JsonElement>? unknown) =>
        unknown is not null && unknown.TryGetValue(Name, out var tier) ? ToPriority(tier) : null;
}
