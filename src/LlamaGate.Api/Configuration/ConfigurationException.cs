namespace LlamaGate.Api.Configuration;

/// <summary>
/// The configuration is invalid. Contains every error, so that an operator can correct them together.
/// </summary>
internal sealed class ConfigurationException(IReadOnlyList<string> errors)
    : Exception("The configuration is not valid: " + string.Join("; ", errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
