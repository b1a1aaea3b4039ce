using System.Text;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Domain.Tests.Conversations;

public class PromptPrefixTests
{
    private static readonly string Long = new('x', PromptPrefix.Bytes);

    [Fact]
    public void ToHash_OfAShortPrompt_IsNull()
    {
        Assert.Null(HashOf(["ab"], Long[..2045]));
        Assert.NotNull(HashOf(["ab"], Long[..2046]));
        Assert.Null(HashOf([]));
    }

    [Fact]
    public void ToHash_OfEqualBeginnings_IsEqual()
    {
        Assert.Equal(HashOf([], Long, "a"), HashOf([], Long, "b", "c"));
        Assert.Equal(HashOf([], Long + "a"), HashOf([], Long + "b"));
        Assert.Equal(HashOf([Long], "system", "a"), HashOf([Long], "system", "b"));
    }

    [Fact]
    public void ToHash_OfOtherBeginnings_Differs()
    {
        var all = new[]
        {
            HashOf([], Long), HashOf([], "y" + Long), HashOf([], Long[..2047] + "y"), HashOf(["t"], Long), HashOf(["u"], Long),
            HashOf([], Long[..1000], Long[..1048]), HashOf([], Long[..1001], Long[..1047]), HashOf([Long], "system", "a"), HashOf([Long], "other", "a"),
        };
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    /// <summary>Written down, because replicas of the gateway must agree.</summary>
    [Fact]
    public void ToHash_InEveryProcess_IsTheSame() => Assert.Equal(-3278912664196975655, HashOf([], Long));

    private static long? HashOf(string[] tools, params string[] messages)
    {
        var prefix = new PromptPrefix();
        foreach (var tool in tools)
        {
            prefix.AddTool(Encoding.UTF8.GetBytes(tool));
        }

        foreach (var message in messages)
        {
            prefix.BeginMessage("user"u8);
            prefix.AddText(Encoding.UTF8.GetBytes(message));
        }

        return prefix.ToHash();
    }
}
