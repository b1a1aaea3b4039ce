using System.Text;
using System.Text.Json;

namespace LlamaGate.OllamaEmulator;

/// <summary>A request the emulator was sent.</summary>
public sealed class RecordedRequest
{
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RecordedRequest(
        string method, string path, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> bodyBytes)
    {
        Method = method;
        Path = path;
        Headers = headers;
        BodyBytes = bodyBytes;
        Aborted = _aborted.Task;
        Completed = _completed.Task;
    }

    public string Method { get; }

    /// <summary>Path without the query.</summary>
    public string Path { get; }

    /// <summary>Headers by name, case-insensitive; several values are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    public ReadOnlyMemory<byte> BodyBytes { get; }

    /// <summary>The body read as UTF-8.</summary>
    public string Body => Encoding.UTF8.GetString(BodyBytes.Span);

    /// <summary>When it had arrived, in ticks of the emulator's clock.</summary>
    public long ReceivedAt { get; init; }

    /// <summary>The socket has taken a byte of the answer's body; before that nothing at all is sent.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>
    /// The emulator has begun to write the answer's body. A byte may have been sent although the write failed, as when the emulator stops.
    /// </summary>
    public bool MayBeAnswered { get; private set; }

    /// <summary>Completes when the client disconnected before the answer was complete; never completes otherwise.</summary>
    public Task Aborted { get; }

    /// <summary>Completes when the emulator is done with the request, whatever became of it.</summary>
    public Task Completed { get; }

    /// <summary>The body read as JSON.</summary>
    /// <exception cref="JsonException">The body is no JSON.</exception>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(BodyBytes);
        return document.RootElement.Clone();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";

    internal void MarkAnswering() => MayBeAnswered = true;

    internal void MarkAnswered() => IsAnswered = true;

    internal void MarkAborted() => _aborted.TrySetResult();

    internal void MarkCompleted() => _completed.TrySetResult();
}
