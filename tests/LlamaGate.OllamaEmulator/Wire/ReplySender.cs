using LlamaGate.OllamaEmulator.Scheduling;
using LlamaGate.OllamaEmulator.Scripts;

namespace LlamaGate.OllamaEmulator.Wire;

/// <summary>Sends a reply with the delays, pauses, packets and accidents of its scenario.</summary>
/// <param name="ticket">The runner that makes the tokens; null when they are all there.</param>
internal sealed class ReplySender(Exchange exchange, Reply reply, Scenario scenario, TimeProvider time, RunnerTicket? ticket = null)
{
    private static readonly ReadOnlyMemory<byte> Garbage = "<html>this is not JSON\n"u8.ToArray();

    private readonly List<ReadOnlyMemory<byte>> _packet = [];
    private int _linesSent;

    public async Task SendAsync()
    {
        await DelayAsync(scenario.FirstDelay);
        await PauseAsync();
        if (reply.Lines is { } lines)
        {
            await SendStreamUntilTheRunnerDiesAsync(lines);
        }
        else
        {
            await SendPlainAsync();
        }
    }

    private async Task SendPlainAsync()
    {
        await DelayAsync(scenario.Gap * Math.Max(0, reply.PlainLines - 1));
        switch (scenario.Ending)
        {
            case Ending.Reset:
                exchange.Reset();
                return;
            case Ending.Hang:
                await exchange.StaySilentAsync();
                return;
            case Ending.ErrorLine:
                await SendWholeAsync(Reply.Error(StatusCodes.Status500InternalServerError, RecordedErrors.RunnerDied));
                return;
            case Ending.Garbage:
                await SendWholeAsync(reply with { Body = Garbage, RecordedLength = null });
                return;
            default:
                var whole = reply.LateBody is { } late ? reply with { Body = late() } : reply;
                FreeSlot();
                await SendWholeAsync(whole);
                return;
        }
    }

    private async Task SendWholeAsync(Reply whole)
    {
        exchange.Start(whole.Status, whole.ContentType, whole.Headers, whole.ContentLength);
        await WriteSplitAsync(whole.Body);
    }

    private async Task SendStreamUntilTheRunnerDiesAsync(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        try
        {
            await SendStreamAsync(lines);
        }
        catch (RunnerDiedException)
        {
            _packet.Add(RecordedErrors.MidStreamLine);
            await FlushAsync();
        }
    }

    private async Task SendStreamAsync(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        if (scenario is { Ending: Ending.ErrorLine, EndingAt: 0 })
        {
            // Nothing is on the wire yet, so Ollama still has a status to give.
            await SendWholeAsync(Reply.Error(StatusCodes.Status500InternalServerError, RecordedErrors.RunnerDied));
            return;
        }

        exchange.Start(reply.Status, reply.ContentType, reply.Headers, contentLength: null);
        foreach (var line in lines)
        {
            if (_linesSent == scenario.EndingAt && await StrikeAsync())
            {
                return;
            }

            await TokensAsync(_linesSent + 1);
            await SendLineAsync(line);
        }

        var isStillToStrike = scenario.EndingAt is not { } at || at >= _linesSent;
        if (isStillToStrike && await StrikeAsync())
        {
            return;
        }

        if (reply.ClosingLine is { } closing)
        {
            await TokensAsync(int.MaxValue);
            await SendClosingAsync(closing());
        }

        await FlushAsync();
    }

    /// <summary>Lets the ending happen; true when nothing follows it.</summary>
    private async Task<bool> StrikeAsync()
    {
        switch (scenario.Ending)
        {
            case Ending.Normal:
                return false;
            case Ending.Garbage:
                _packet.Add(Garbage);
                return false;
            case Ending.ErrorLine:
                _packet.Add(RecordedErrors.MidStreamLine);
                await FlushAsync();
                return true;
            case Ending.Hang:
                await FlushAsync();
                await exchange.StaySilentAsync();
                return true;
            case Ending.Reset:
                await FlushAsync();
                exchange.Reset();
                return true;
            case Ending.Silent:
            default:
                await FlushAsync();
                return true;
        }
    }

    private async Task SendLineAsync(ReadOnlyMemory<byte> line)
    {
        if (_linesSent > 0 && _packet.Count == 0)
        {
            await DelayAsync(scenario.Gap);
        }

        _packet.Add(line);
        _linesSent++;
        if (_packet.Count >= scenario.LinesPerPacket)
        {
            await FlushAsync();
        }

        await PauseAsync();
    }

    /// <summary>
    /// The slot is free before the last line is on the wire, as in Ollama: a client that answers it with a call finds the slot free.
    /// </summary>
    private async Task SendClosingAsync(ReadOnlyMemory<byte> line)
    {
        if (scenario.Gap == TimeSpan.Zero && !scenario.Pauses.Any(pause => pause.Lines > _linesSent))
        {
            FreeSlot();
        }

        await SendLineAsync(line);
    }

    private void FreeSlot() => ticket?.Dispose();

    private async Task PauseAsync()
    {
        foreach (var pause in scenario.Pauses)
        {
            if (pause.Lines == _linesSent)
            {
                await FlushAsync();
                await pause.Gate.PassAsync(exchange.Ended);
            }
        }
    }

    private async Task FlushAsync()
    {
        if (_packet.Count == 0)
        {
            return;
        }

        var packet = _packet.Count == 1 ? _packet[0] : Joined();
        _packet.Clear();
        await WriteSplitAsync(packet);
    }

    private ReadOnlyMemory<byte> Joined()
    {
        var joined = new byte[_packet.Sum(line => line.Length)];
        var at = 0;
        foreach (var line in _packet)
        {
            line.CopyTo(joined.AsMemory(at));
            at += line.Length;
        }

        return joined;
    }

    private async Task WriteSplitAsync(ReadOnlyMemory<byte> bytes)
    {
        var step = scenario.SplitBytes > 0 ? scenario.SplitBytes : Math.Max(1, bytes.Length);
        for (var at = 0; at < bytes.Length; at += step)
        {
            await exchange.WriteAsync(bytes.Slice(at, Math.Min(step, bytes.Length - at)));
        }
    }

    private Task TokensAsync(int count) => ticket?.TokensAsync(count, exchange.Ended) ?? Task.CompletedTask;

    private async Task DelayAsync(TimeSpan delay)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, time, exchange.Ended);
        }
    }
}
