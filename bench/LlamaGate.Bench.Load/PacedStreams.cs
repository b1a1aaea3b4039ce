using System.Net;
using System.Net.Sockets;

namespace LlamaGate.Bench.Load;

/// <summary>
/// Many streams at once, begun one after the other. The upstream writes the time into each token, so that the way of
/// every single one is known, and not only the gaps between them.
/// </summary>
public sealed class PacedStreams(IPEndPoint address, ReadOnlyMemory<byte> request, int count) : IDisposable
{
    private readonly NumberedRequest _request = new(request);
    private readonly List<HttpConnection> _connections = [];
    private readonly Histogram _firstTokens = new();
    private readonly Histogram _delays = new();
    private readonly Lock _lock = new();
    private long _tokens;

    /// <summary>Time over which the streams are begun.</summary>
    public TimeSpan Ramp { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Tokens of a stream that has come whole.</summary>
    public int TokensEach { get; init; }

    /// <summary>Tokens that have come so far.</summary>
    public long Tokens => Interlocked.Read(ref _tokens);

    /// <summary>Begins all streams; each is read until it ends.</summary>
    /// <returns>The reading, which is over when all have ended; its result is the number of streams that were not
    /// whole.</returns>
    public async Task<Task<int>> BeginAsync(CancellationToken cancellationToken)
    {
        var streams = new List<Stream>();
        for (var i = 0; i < count; i++)
        {
            var stream = new Stream(this);
            _connections.Add(await HttpConnection.OpenAsync(address, stream.Reader, cancellationToken));
            streams.Add(stream);
        }

        var readings = new Task<bool>[count];
        await Task.Factory.StartNew(
            () => Schedule(streams, readings, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return BrokenAsync(readings);
    }

    /// <summary>Time from each request to its first token, and each later token's way from the upstream to here.</summary>
    public (Histogram FirstTokens, Histogram Delays) Times()
    {
        lock (_lock)
        {
            var (first, delays) = (new Histogram(), new Histogram());
            first.Add(_firstTokens);
            delays.Add(_delays);
            return (first, delays);
        }
    }

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());

    private static async Task<int> BrokenAsync(Task<bool>[] readings) =>
        (await Task.WhenAll(readings)).Count(isWhole => !isWhole);

    private void Schedule(List<Stream> streams, Task<bool>[] readings, CancellationToken cancellationToken)
    {
        var start = Clock.Now;
        var interval = Clock.Nanoseconds(Ramp) / count;
        for (var i = 0; i < count && !cancellationToken.IsCancellationRequested; i++)
        {
            Clock.SleepUntil(start + (i * interval));
            streams[i].Begun = Clock.Now;
            _connections[i].Send(_request.Next());
            readings[i] = ReadAsync(_connections[i], streams[i], cancellationToken);
        }
    }

    private async Task<bool> ReadAsync(HttpConnection connection, Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            while (!connection.Reader.IsComplete && await connection.ReceiveAsync(cancellationToken))
            {
                // The reader has told the stream of each token.
            }

            return connection.Reader is { IsComplete: true, Status: 200 } && stream.Tokens == TokensEach;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Note(Stream stream, long sent)
    {
        var now = Clock.Now;
        Interlocked.Increment(ref _tokens);
        lock (_lock)
        {
            if (stream.Tokens++ == 0)
            {
                _firstTokens.Record(now - stream.Begun);
            }
            else
            {
                _delays.Record(now - sent);
            }
        }
    }

    private sealed class Stream
    {
        public Stream(PacedStreams all) => Reader = new ResponseReader(sent => all.Note(this, sent));

        public ResponseReader Reader { get; }

        public long Begun { get; set; }

        public int Tokens { get; set; }
    }
}
