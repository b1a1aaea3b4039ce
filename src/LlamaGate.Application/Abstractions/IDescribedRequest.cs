namespace LlamaGate.Application.Abstractions;

/// <summary>What a command says of itself to the request log and the response headers: facts, never contents.</summary>
public interface IDescribedRequest
{
    string? Model { get; }

    bool IsStream { get; }

    /// <summary>Fields that were sent and have no effect here; told in <c>X-LlamaGate-Ignored</c>.</summary>
    IReadOnlyList<string> IgnoredFields { get; }
}
