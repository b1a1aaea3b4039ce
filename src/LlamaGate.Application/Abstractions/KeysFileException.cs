namespace LlamaGate.Application.Abstractions;

/// <summary>A keys file could not be changed. Each complaint is one line; none contains a value of the file.</summary>
public sealed class KeysFileException(params IReadOnlyList<string> complaints) : Exception(string.Join("; ", complaints))
{
    public IReadOnlyList<string> Complaints { get; } = complaints;
}
