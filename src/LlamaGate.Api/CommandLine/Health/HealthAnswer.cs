using System.Text.Json.Serialization;

namespace LlamaGate.Api.CommandLine.Health;

/// <summary>What <c>/readyz</c> and <c>/health</c> have in common.</summary>
/// <param name="Status">ready, draining; healthy, unhealthy.</param>
/// <param name="Error">What is wrong when unhealthy.</param>
internal sealed record HealthAnswer(string? Status, string? Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthAnswerJsonContext : JsonSerializerContext;
