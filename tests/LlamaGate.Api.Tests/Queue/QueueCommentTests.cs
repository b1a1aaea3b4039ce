using LlamaGate.Api.Streaming;

namespace LlamaGate.Api.Tests.Queue;

/// <summary>A comment is one line of ASCII, whatever the model is called.</summary>
public sealed class QueueCommentTests
{
    [Theory]
    [InlineData("hf.co/user/model:Q4_K_M", "hf.co/user/model:Q4_K_M")]
    [InlineData("a b\tc\r\n\nd", "a?b?c???d")]
    [InlineData("qwén\u007f\u0000", "qw?n??")]
    public void Of_AnyName_IsVisibleAscii(string model, string shown) => Assert.Equal(
        $"queued position=1 model={shown}", QueueComment.Of(QueuedCall.Waiting(position: 1, seconds: null, model)));

    [Fact]
    public void Of_ALongName_IsBounded() => Assert.Equal(
        $"queued position=1 model={new string('m', 128)}",
        QueueComment.Of(QueuedCall.Waiting(position: 1, seconds: null, new string('m', 129))));

    [Theory]
    [InlineData(-1, "0s")]
    [InlineData(0, "0s")]
    [InlineData(0.001, "1s")]
    [InlineData(1, "1s")]
    [InlineData(3600.5, "3601s")]
    public void Of_AnyTime_IsWholeSecondsRoundedUp(double seconds, string shown) => Assert.Equal(
        $"loading model=qwen3:8b eta={shown}", QueueComment.Of(QueuedCall.Loading(seconds)));
}
