using System.Text;
using LlamaGate.Bench.Load;

namespace LlamaGate.Bench.Tests.Load;

public sealed class NumberedRequestTests
{
    private static readonly byte[] WithPlace = Encoding.ASCII.GetBytes($"a {RequestNumbers.Placeholder} z");

    [Fact]
    public void Next_WithAPlaceholder_DiffersEachTimeAndKeepsItsLength()
    {
        NumberedRequest[] connections = [new(WithPlace), new(WithPlace)];

        var sent = Enumerable.Range(0, 100).Select(i => Text(connections[i % 2])).ToArray();

        Assert.Equal(100, sent.Distinct(StringComparer.Ordinal).Count());
        Assert.All(sent, text => Assert.Matches("^a #[0-9]{12} z$", text));
    }

    [Fact]
    public void Next_WithoutAPlaceholder_StaysAsItIs()
    {
        var request = new NumberedRequest("as it is"u8.ToArray());

        Assert.Equal("as it is", Text(request));
        Assert.Equal("as it is", Text(request));
    }

    [Fact]
    public void Reserve_ABlock_IsFollowedByNumbersOutsideOfIt()
    {
        var first = RequestNumbers.Reserve(1000);

        Assert.InRange(RequestNumbers.Reserve(1), first + 1000, long.MaxValue);
    }

    private static string Text(NumberedRequest request) => Encoding.ASCII.GetString(request.Next());
}
