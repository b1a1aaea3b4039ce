using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Tests.Telemetry;

public sealed class TraceContextTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public void Of_AValidParent_IsKeptAsItIs() => Assert.Equal(new TraceContext(Parent, "a=1,b=2"), TraceContext.Of(Parent, "a=1,b=2"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    [InlineData("ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more")]
    [InlineData("no trace")]
    public void Of_AnInvalidParent_IsNone(string? parent) => Assert.Null(TraceContext.Of(parent, "a=1"));

    [Fact]
    public void Of_ALaterVersion_IsContinuedAsTheKnownOne() => Assert.Equal(
        Parent, TraceContext.Of("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more", null)?.Parent);

    [Fact]
    public void Of_ALongState_DropsIt() => Assert.Null(TraceContext.Of(Parent, new string('a', 513))!.State);
}
