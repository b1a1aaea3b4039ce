using System.Text.Json.Nodes;

namespace LlamaGate.Api.Tests.Fuzz;

public sealed class JsonMutationsTests
{
    /// <summary>As many as one run of the fuzz test makes at least.</summary>
    private const int Seeds = 10_000;

    [Theory]
    [InlineData("function_call")]
    [InlineData("tool_calls")]
    [InlineData("tool_call_id")]
    [InlineData("reasoning")]
    public void Apply_OverManySeeds_GivesAUserTheMembersOfOthers(string member)
    {
        var members = new JsonMembers([
            """{"messages":[{"role":"assistant","function_call":{"name":"f"},"tool_calls":[],"tool_call_id":"t","reasoning":"r"}]}"""]);

        Assert.Contains(Enumerable.Range(0, Seeds), seed => Mutated(members, seed)["messages"] is JsonArray messages
            && messages.Any(message => message is JsonObject added
                && added["role"]?.ToJsonString() == "\"user\"" && added.ContainsKey(member)));
    }

    /// <summary>A call without a name in a user's message was once a fault of the gateway's own.</summary>
    [Fact]
    public void Apply_OverManySeeds_GivesAUserACallThatIsNone()
    {
        var members = new JsonMembers(["""{"function_call":{"name":"f"}}"""]);

        Assert.Contains(
            Enumerable.Range(0, Seeds),
            seed => Mutated(members, seed)["messages"] is JsonArray messages
                && messages.Any(message => message is JsonObject user && user["function_call"] is JsonObject { Count: 0 }));
    }

    private static JsonNode Mutated(JsonMembers members, int seed) => JsonMutations.Apply(
        JsonNode.Parse("""{"model":"m","messages":[{"role":"user","content":"hi"}]}""")!, members, new Random(seed))!;
}
