using System.Text.Json.Serialization;

namespace LlamaGate.Application.Generation.Contracts;

/// <summary>How likely a token was.</summary>
public sealed record ChatTokenLogprob
{
    public required string Token { get; init; }

    public required double Logprob { get; init; }

    /// <summary>The token's UTF-8 bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<int>? Bytes { get; init; }

    /// <summary>The most likely tokens at this position; absent in the alternatives themselves.</summary>
    public IReadOnlyList<ChatTokenLogprob>? TopLogprobs { get; init; }
}
