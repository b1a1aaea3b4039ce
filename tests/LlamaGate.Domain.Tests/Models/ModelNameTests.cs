using LlamaGate.Domain.Models;

namespace LlamaGate.Domain.Tests.Models;

public class ModelNameTests
{
    [Theory]
    [InlineData("tiny", "tiny", true)]
    [InlineData("tiny", "TINY:Latest", true)]
    [InlineData("Tiny:latest", "tiny", true)]
    [InlineData("tiny:1b", "TINY:1B", true)]
    [InlineData("tiny", "tiny:1b", false)]
    [InlineData("tiny", "tinylatest", false)]
    public void Names_OfOneModelInAnySpelling_AreTheSame(string one, string other, bool same)
    {
        Assert.Equal(same, ModelName.AreSame(one, other));
        Assert.Equal(same, ModelName.Key(one) == ModelName.Key(other));
    }

    [Theory]
    [InlineData("tiny:latest", "tiny")]
    [InlineData("tiny:1b", "tiny:1b")]
    [InlineData("tiny", "tiny")]
    public void Short_LeavesOutTheDefaultTagOnly(string name, string expected) => Assert.Equal(expected, ModelName.Short(name));
}
