using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Abstractions;

/// <summary>A slot that a call has at a host. It ends with Ollama's last line, with a failure, or when it is disposed.</summary>
public interface ISlotLease : IDisposable
{
    /// <summary>The host's name.</summary>
    string Host { get; }

    /// <summary>The runner's context in tokens, which the call must name; null when it is not known.</summary>
    int? ContextLength { get; }

    /// <summary>How the call came to this host.</summary>
    UpstreamRoute Route { get; }

    /// <summary>Ends the call for an administrator.</summary>
    UpstreamBreak Break { get; }

    /// <summary>Ollama has begun to answer: the call is never sent again.</summary>
    void NoteAnswer();

    /// <summary>The next line is awaited: the call has moved.</summary>
    void NoteMove();

    /// <summary>The number of lines that have been read: each is a token.</summary>
    void NoteLines(int count);

    /// <summary>Ollama has sent its last line.</summary>
    void Complete(UpstreamEnd end);

    /// <summary>The call failed before its first byte. If another host may serve it, waits for a slot there.</summary>
    /// <returns>False when there is none: the slot is given back.</returns>
    /// <exception cref="GatewayException">The call gets no slot.</exception>
    ValueTask<bool> TryMoveAsync(GatewayException failure, CancellationToken cancellationToken);
}
