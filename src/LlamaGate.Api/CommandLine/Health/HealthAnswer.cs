using System.Text.Json.Serialization;

namespace LlamaGate.Api.CommandLine.Health;

/// <summary>The common members of <c>/readyz</c> and <c>/health</c>.</summary>
/// <param name="Status">ready, joining, draining; healthy, unhealthy.</param>
/// <param name="Error">The problem, if unhealthy.</param>
/// <param name="Reason">Why it is joining.</param>
internal sealed record HealthAnswer(string? Status, string? Error, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthAnswerJsonContext : JsonSerializerContext;
