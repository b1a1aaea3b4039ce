using System.Text;
using LlamaGate.Bench.Load;

namespace LlamaGate.Bench.Tests.Load;

public sealed class ResponseReaderTests
{
    private const string Plain = "HTTP/1.1 201 Created\r\ncontent-length: 5\r\n\r\nhello";

    private const string Chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "1d\r\n{\"content\":\"@00000000000000ff\"}\n\r\n1d\r\n{\"content\":\"@0000000000000100\"}\n\r\n0\r\n\r\n";

    [Fact]
    public void Feed_CutAtAnyByte_FindsStatusStampsAndEnd()
    {
        for (var cut = 0; cut <= Chunked.Length; cut++)
        {
            var stamps = new List<long>();
            var reader = new ResponseReader(stamps.Add);

            reader.Feed(Encoding.ASCII.GetBytes(Chunked[..cut]));
            Assert.Equal(cut == Chunked.Length, reader.IsComplete);
            reader.Feed(Encoding.ASCII.GetBytes(Chunked[cut..]));

            Assert.Equal(200, reader.Status);
            Assert.True(reader.IsComplete, $"cut at {cut}");
            Assert.Equal([255, 256], stamps);
        }
    }

    [Fact]
    public void Feed_ByteByByte_FindsTheSame()
    {
        var stamps = new List<long>();
        var reader = new ResponseReader(stamps.Add);
        foreach (var one in Encoding.ASCII.GetBytes(Chunked))
        {
            Assert.False(reader.IsComplete);
            reader.Feed([one]);
        }

        Assert.True(reader.IsComplete);
        Assert.Equal([255, 256], stamps);
    }

    [Fact]
    public void Feed_WithALength_EndsThere()
    {
        var reader = new ResponseReader(onStamp: null) { Body = new MemoryStream() };

        reader.Feed(Encoding.ASCII.GetBytes(Plain[..^1]));
        Assert.False(reader.IsComplete);
        reader.Feed(Encoding.ASCII.GetBytes(Plain[^1..]));

        Assert.Equal(201, reader.Status);
        Assert.True(reader.IsComplete);
        Assert.Equal("hello", Encoding.ASCII.GetString(reader.Body.ToArray()));
    }

    [Fact]
    public void Reset_AfterAnAnswer_ReadsTheNext()
    {
        var reader = new ResponseReader(onStamp: null);
        reader.Feed(Encoding.ASCII.GetBytes(Chunked));

        reader.Reset();
        Assert.False(reader.IsComplete);
        reader.Feed(Encoding.ASCII.GetBytes(Plain));

        Assert.Equal(201, reader.Status);
        Assert.True(reader.IsComplete);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n@not a number at all\r\n")]
    public void Feed_OfSomethingElse_Throws(string text) =>
        Assert.Throws<InvalidDataException>(() => new ResponseReader(_ => { }).Feed(Encoding.ASCII.GetBytes(text)));
}
