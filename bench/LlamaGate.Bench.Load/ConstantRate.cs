using System.Net;

namespace LlamaGate.Bench.Load;

/// <summary>
/// An open loop: requests are due at fixed times whether or not the server keeps up, and a latency counts from the time
/// it was due. So a server that stalls is charged with all that had to wait (no coordinated omission).
/// </summary>
public sealed class ConstantRate(IPEndPoint address, ReadOnlyMemory<byte> request, int perSecond, TimeSpan time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly Stack<Line> _idle = [];
    private readonly Queue<long> _waiting = [];
    private readonly Histogram _latencies = new();
    private readonly TaskCompletionSource _allAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failed;
    private int _unanswered;

    public int Connections { get; init; } = 64;

    public async Task<RateResult> RunAsync(CancellationToken cancellationToken)
    {
        _unanswered = (int)(perSecond * time.TotalSeconds);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = new List<Line>();
        try
        {
            for (var i = 0; i < Connections; i++)
            {
                var connection = await HttpConnection.OpenAsync(address, new ResponseReader(onStamp: null), ended.Token);
                lines.Add(new Line(connection, request));
                _idle.Push(lines[^1]);
            }

            var loops = lines.ConvertAll(line => AnswersAsync(line, ended.Token));
            await Task.Factory.StartNew(
                () => Schedule(_unanswered, ended.Token), ended.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await Task.WhenAny(_allAnswered.Task, Task.Delay(Patience, ended.Token));
            await ended.CancelAsync();
            await Task.WhenAll(loops);
        }
        finally
        {
            lines.ForEach(line => line.Connection.Dispose());
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new RateResult(_latencies, _failed + _unanswered);
        }
    }

    private void Schedule(int count, CancellationToken cancellationToken)
    {
        var interval = 1_000_000_000L / perSecond;
        var start = Clock.Now + interval;
        for (var i = 0; i < count && !cancellationToken.IsCancellationRequested; i++)
        {
            var due = start + (i * interval);
            Clock.SleepUntil(due);
            Line? free;
            lock (_lock)
            {
                if (!_idle.TryPop(out free))
                {
                    _waiting.Enqueue(due);
                }
            }

            free?.Send(due);
        }
    }

    private async Task AnswersAsync(Line line, CancellationToken cancellationToken)
    {
        try
        {
            while (await line.Connection.ReceiveAsync(cancellationToken))
            {
                if (line.Connection.Reader.IsComplete)
                {
                    Answered(line);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Net.Sockets.SocketException)
        {
            // A line that broke keeps its request unanswered, and that is counted.
        }
    }

    private void Answered(Line line)
    {
        var now = Clock.Now;
        long? next = null;
        lock (_lock)
        {
            _unanswered--;
            if (line.Connection.Reader.Status == 200)
            {
                _latencies.Record(now - line.Due);
            }
            else
            {
                _failed++;
            }

            line.Connection.Reader.Reset();
            if (_waiting.TryDequeue(out var due))
            {
                next = due;
            }
            else
            {
                _idle.Push(line);
            }

            if (_unanswered == 0)
            {
                _allAnswered.TrySetResult();
            }
        }

        if (next is { } waiting)
        {
            line.Send(waiting);
        }
    }

    private sealed class Line(HttpConnection connection, ReadOnlyMemory<byte> request)
    {
        private readonly NumberedRequest _request = new(request);

        public HttpConnection Connection => connection;

        public long Due { get; private set; }

        public void Send(long due)
        {
            Due = due;
            connection.Send(_request.Next());
        }
    }
}

/// <summary>What a constant rate has met.</summary>
/// <param name="Latencies">From the time a request was due to the end of its answer; of answers with status 200.</param>
/// <param name="Failed">Requests without such an answer.</param>
public sealed record RateResult(Histogram Latencies, int Failed);
