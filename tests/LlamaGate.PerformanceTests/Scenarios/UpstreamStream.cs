using System.Text;
using LlamaGate.OllamaEmulator;
using LlamaGate.PerformanceTests.Running;

namespace LlamaGate.PerformanceTests.Scenarios;

/// <summary>
/// A recorded stream made as long as is wanted: its second line over and over, between its first and its last. The gateway has its
/// turn after each packet and must have sent every event of it before the next one goes out.
/// </summary>
internal sealed class UpstreamStream
{
    private readonly byte[] _head = HttpBytes.StreamHead();
    private readonly byte[] _end = HttpBytes.StreamEnd();
    private readonly byte[] _first;
    private readonly byte[] _packet;
    private readonly byte[] _last;
    private readonly int _linesPerPacket;
    private readonly int _eventsOfFirst;

    /// <param name="recording">Whose lines are taken.</param>
    /// <param name="linesPerPacket">Lines that go out in one packet.</param>
    /// <param name="eventsOfFirst">Events that the gateway makes of the first line; of every other it makes one.</param>
    public UpstreamStream(string recording, int linesPerPacket, int eventsOfFirst)
    {
        var lines = Recording.Named(recording).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var line = Chunk(lines[1]);
        _first = Chunk(lines[0]);
        _packet = [.. Enumerable.Repeat(line, linesPerPacket).SelectMany(chunk => chunk)];
        _last = [.. Chunk(lines[^1]), .. _end];
        _linesPerPacket = linesPerPacket;
        _eventsOfFirst = eventsOfFirst;
    }

    /// <summary>An exchange whose stream has so many packets between its first and its last line.</summary>
    public void Exchange(Wires wires, ReadOnlySpan<byte> request, int packets)
    {
        wires.Request(request);
        wires.TakeUpstreamRequest();
        wires.SendUpstream(_head);
        wires.SendUpstream(_first);
        var events = _eventsOfFirst;
        wires.ReadEvents(events);
        for (var packet = 0; packet < packets; packet++)
        {
            wires.SendUpstream(_packet);
            events += _linesPerPacket;
            wires.ReadEvents(events);
        }

        wires.SendUpstream(_last);
        wires.ReadAnswer(status: 200);
    }

    private static byte[] Chunk(string line) => HttpBytes.Chunk(Encoding.UTF8.GetBytes(line + "\n"));
}
