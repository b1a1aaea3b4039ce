using System.Collections.Concurrent;
using System.Text;
using LlamaGate.Bench.Load;
using LlamaGate.Bench.Scenarios;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Soak;

/// <summary>Sends the mix at a constant rate and holds every answer against what it has to be.</summary>
internal sealed class SoakLoad(Server server) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BeforeLeaving = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentStack<HttpConnection> _idle = [];
    private readonly ConcurrentDictionary<string, long> _complaints = new(StringComparer.Ordinal);
    private readonly Random _random = new(1);
    private long _open;
    private long _done;

    public long Done => Interlocked.Read(ref _done);

    /// <summary>Errors of the gateway's own: what, and how often.</summary>
    public IReadOnlyDictionary<string, long> Complaints => _complaints;

    public async Task RunAsync(double perSecond, TimeSpan time, CancellationToken cancellationToken)
    {
        await Task.Factory.StartNew(
            () => Schedule(perSecond, time, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var deadline = Clock.Now + Clock.Nanoseconds(Patience);
        while (Interlocked.Read(ref _open) > 0 && Clock.Now < deadline)
        {
            await Task.Delay(10, cancellationToken);
        }

        if (Interlocked.Read(ref _open) is > 0 and var open)
        {
            Complain($"no answer within {Patience.TotalSeconds:F0} s", open);
        }
    }

    public void Dispose()
    {
        foreach (var connection in _idle)
        {
            connection.Dispose();
        }
    }

    private void Schedule(double perSecond, TimeSpan time, CancellationToken cancellationToken)
    {
        var start = Clock.Now;
        var count = (long)(perSecond * time.TotalSeconds);
        for (var i = 0L; i < count && !cancellationToken.IsCancellationRequested; i++)
        {
            Clock.SleepUntil(start + (long)(i * 1e9 / perSecond));
            Interlocked.Increment(ref _open);
            _ = StepAsync(SoakStep.Next(_random), cancellationToken);
        }
    }

    /// <summary>Never throws: nobody awaits it.</summary>
    private async Task StepAsync(SoakStep step, CancellationToken cancellationToken)
    {
        try
        {
            await ExchangeAsync(step, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Complain($"{e.GetType().Name}: {e.Message} ({step.Model})", 1);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        finally
        {
            Interlocked.Increment(ref _done);
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task ExchangeAsync(SoakStep step, CancellationToken cancellationToken)
    {
        var request = new NumberedRequest(server.Post(ChatBodies.Text(step.Model, 200, step.Stream)));
        var connection = await TakeAsync(cancellationToken);
        var isKept = false;
        try
        {
            connection.Reader.Reset();
            connection.Send(request.Next());
            if (step.Leaves)
            {
                await Task.Delay(step.Stream ? 3 * BeforeLeaving : BeforeLeaving, cancellationToken);
                return;
            }

            while (!connection.Reader.IsComplete)
            {
                if (!await connection.ReceiveAsync(cancellationToken))
                {
                    throw new IOException("The gateway closed before the answer's end.");
                }
            }

            isKept = true;
            if (step.Complaint(connection.Reader.Status, Text(connection)) is { } complaint)
            {
                Complain(complaint, 1);
            }
        }
        finally
        {
            if (isKept)
            {
                _idle.Push(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    private async Task<HttpConnection> TakeAsync(CancellationToken cancellationToken) =>
        _idle.TryPop(out var idle)
            ? idle
            : await HttpConnection.OpenAsync(
                server.Address, new ResponseReader(onStamp: null) { Body = new MemoryStream() }, cancellationToken);

    private static string Text(HttpConnection connection) => connection.Reader.Body is { } body
        ? Encoding.UTF8.GetString(body.GetBuffer().AsSpan(0, (int)body.Length))
        : string.Empty;

    private void Complain(string what, long times) => _complaints.AddOrUpdate(what, times, (_, before) => before + times);
}
