using System.Buffers;
using System.Text;
using CsCheck;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public class NdjsonFramingTests
{
    public static TheoryData<string> Streams() => new(
        Recording.Names.Where(n => Recording.Named(n) is { Path: "/api/chat" or "/api/generate", Chunks.Count: > 1 }));

    [Theory]
    [MemberData(nameof(Streams))]
    public void Lines_OfARecordingCutAtEveryByte_AreTheSame(string name)
    {
        // A long recording repeats itself: its first and last lines hold every kind of cut there is.
        var all = Recording.Named(name).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] expected = all.Length > 20 ? [.. all[..8], .. all[^4..]] : all;
        var body = Encoding.UTF8.GetBytes(string.Join('\n', expected) + "\n");
        for (var cut = 0; cut <= body.Length; cut++)
        {
            Assert.Equal(expected, Cut([body[..cut], body[cut..]]), StringComparer.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Lines_OfARecordingCutAnywhere_AreTheSame(string name)
    {
        var body = Encoding.UTF8.GetBytes(Recording.Named(name).Body);
        var expected = Recording.Named(name).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Gen.Int[0, body.Length].Array[0, 30].Sample(
            cuts =>
            {
                int[] at = [0, .. cuts.Order(), body.Length];
                Assert.Equal(expected, Cut([.. at.Zip(at.Skip(1), (from, to) => body[from..to])]), StringComparer.Ordinal);
            },
            iter: 50);
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("\n\r\n \t\n", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("\na\r\n\nb", new[] { "a\r", "b" })]
    public void Lines_OfAnyText_AreThoseThatHoldSomething(string text, string[] expected) =>
        Assert.Equal(expected, Cut([Encoding.UTF8.GetBytes(text)]), StringComparer.Ordinal);

    [Fact]
    public void TryTakeLine_OfAnUnfinishedLine_WaitsAndRemembersWhatItSearched()
    {
        var buffer = new ReadOnlySequence<byte>("{\"a\":"u8.ToArray());
        var searched = 0L;
        Assert.False(NdjsonFraming.TryTakeLine(ref buffer, isLast: false, ref searched, out _));
        Assert.Equal(5, buffer.Length);
        Assert.Equal(5, searched);
    }

    /// <summary>As the answer's reader does: what was not taken comes again, with more behind it.</summary>
    private static List<string> Cut(IReadOnlyList<byte[]> packets)
    {
        var lines = new List<string>();
        byte[] pending = [];
        var searched = 0L;
        for (var i = 0; i <= packets.Count; i++)
        {
            var isLast = i == packets.Count;
            var buffer = isLast ? new ReadOnlySequence<byte>(pending) : Join(pending, packets[i]);
            while (NdjsonFraming.TryTakeLine(ref buffer, isLast, ref searched, out var line))
            {
                lines.Add(Encoding.UTF8.GetString(line));
            }

            pending = buffer.ToArray();
        }

        Assert.Empty(pending);
        return lines;
    }

    private static ReadOnlySequence<byte> Join(byte[] first, byte[] second)
    {
        var head = new Segment(first, 0);
        var tail = new Segment(second, first.Length);
        head.Link(tail);
        return new ReadOnlySequence<byte>(head, 0, tail, second.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public void Link(Segment next) => Next = next;
    }
}
