using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

public class ModelRulesTests
{
    private static readonly ModelRules Rules = new(
        [Rule("qwen3:8b", new ModelRule { Slots = 2 }), Rule("qwen3*", new ModelRule { Slots = 4, Context = 8192 })],
        [Rule("q*", new ModelRule { Context = 4096, KeepAlive = "\"5m\"" }), Rule("*", new ModelRule { Slots = 9 })]);

    [Fact]
    public void Find_SeveralPatternsMatch_TakesTheFirstOfEachListAndCompletesIt()
    {
        Assert.Equal(new ModelRule { Slots = 2, Context = 4096, KeepAlive = "\"5m\"" }, Rules.Find("qwen3:8b"));
        Assert.Equal(new ModelRule { Slots = 4, Context = 8192, KeepAlive = "\"5m\"" }, Rules.Find("QWEN3:14b"));
        Assert.Equal(new ModelRule { Slots = 9 }, Rules.Find("plain"));
        Assert.Equal(ModelRule.None, ModelRules.None.Find("plain"));
    }

    [Fact]
    public void Find_NameWithTheDefaultTag_IsTheSameModel() =>
        Assert.Equal(2, new ModelRules([Rule("plain", new ModelRule { Slots = 2 })], []).Find("plain:latest").Slots);

    [Fact]
    public void Find_MoreNamesThanAreRemembered_StillFindsEach()
    {
        for (var i = 0; i < 3000; i++)
        {
            Assert.Equal(9, Rules.Find($"model-{i}").Slots);
        }

        Assert.Same(Rules.Find("model-0"), Rules.Find("model-0"));
        Assert.NotSame(Rules.Find("model-2999"), Rules.Find("model-2999"));
    }

    private static KeyValuePair<string, ModelRule> Rule(string pattern, ModelRule rule) => KeyValuePair.Create(pattern, rule);
}
