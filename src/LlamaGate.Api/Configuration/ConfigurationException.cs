namespace LlamaGate.Api.Configuration;

/// <summary>
/// The configuration cannot be used. Holds every complaint, so that an operator corrects them in one go.
/// </summary>
internal sealed class ConfigurationException(IReadOnlyList<string> errors)
    : Exception("The configuration is not valid: " + string.Join("; ", errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
