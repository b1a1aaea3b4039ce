using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace LlamaGate.Bench.Processes;

/// <summary>Asks the startup hook inside a .NET server about its memory and its compiler.</summary>
internal sealed class Probe(string path) : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly byte[] _answer = new byte[256];

    public MemoryFacts Read() => Ask((byte)'r');

    /// <summary>Has everything collected first.</summary>
    public MemoryFacts ReadCollected() => Ask((byte)'c');

    public void Dispose() => _socket.Dispose();

    private MemoryFacts Ask(byte question)
    {
        if (!_socket.Connected)
        {
            _socket.Connect(new UnixDomainSocketEndPoint(path));
        }

        _socket.Send([question]);
        var length = _socket.Receive(_answer);
        var numbers = Encoding.ASCII.GetString(_answer, 0, length).Split(' ')
            .Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new MemoryFacts(
            numbers[0], numbers[1], (int)numbers[2], (int)numbers[3], (int)numbers[4], numbers[5], numbers[6], numbers[7]);
    }
}

/// <summary>The state of a .NET process's memory and compiler; counts are since its start.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MemoryFacts(
    long Allocated, long Alive, int Gen0, int Gen1, int Gen2, long PausedNanoseconds, long LargeObjectBytes, long CompiledMethods);
