namespace LlamaGate.Application.Abstractions;

/// <summary>Where the Ollama hosts are.</summary>
public interface IHostAddresses
{
    /// <summary>The address of a host. Cheap.</summary>
    /// <param name="host">The host's name; null = the first one.</param>
    /// <returns>Without credentials; null when there is no such host.</returns>
    HostAddress? Find(string? host);
}

/// <param name="Name">The host's name.</param>
/// <param name="Host">The name or IP address of its machine.</param>
/// <param name="Port">The TCP port.</param>
public sealed record HostAddress(string Name, string Host, int Port)
{
    /// <summary>The port as the value of an attribute, boxed once for all measurements.</summary>
    public object PortTag { get; } = Port;
}
