using System.Text.Json;

namespace LlamaGate.Api.CommandLine.Doctor.Upstream;

/// <summary>A streamed answer while it arrives, with the time of each piece, counted from the request.</summary>
internal sealed class Generation : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly List<TimeSpan> _arrivals = [];

    public Generation(HttpResponseMessage response, Stream body, TimeProvider clock, long started)
    {
        _response = response;
        _reader = new StreamReader(body);
        _clock = clock;
        _started = started;
    }

    /// <summary>When each piece before the last line arrived.</summary>
    public IReadOnlyList<TimeSpan> Arrivals => _arrivals;

    /// <summary>When the last line arrived; null before.</summary>
    public TimeSpan? Ended { get; private set; }

    /// <summary>The time that Ollama reports for loading the model.</summary>
    public TimeSpan LoadTime { get; private set; }

    /// <summary>Reads one piece; false when the answer has ended.</summary>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var line = await _reader.ReadLineAsync(cancellationToken);
        var piece = line is null ? null : JsonSerializer.Deserialize(line, UpstreamJsonContext.Default.ChatPiece);
        if (piece is null || piece.Error is not null)
        {
            throw new UnexpectedAnswerException("Ollama", 200, piece?.Error ?? "an answer without an end");
        }

        var now = _clock.GetElapsedTime(_started);
        if (!piece.Done)
        {
            _arrivals.Add(now);
            return true;
        }

        Ended = now;
        LoadTime = TimeSpan.FromMicroseconds(piece.LoadDuration / 1000.0);
        return false;
    }

    public async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken))
        {
            // Reading a piece records its time.
        }
    }

    /// <summary>Disconnects if the answer has not ended.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}
