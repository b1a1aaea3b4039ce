using System.Text.Json.Serialization;

namespace LlamaGate.Application.Admin.Contracts;

/// <summary>The answer to a change.</summary>
/// <param name="Message">What happens now.</param>
public sealed record AdminDone(string Message)
{
    /// <summary>Always true: what cannot be done is an error.</summary>
    [JsonPropertyOrder(-1)]
    public bool Done { get; } = true;
}
