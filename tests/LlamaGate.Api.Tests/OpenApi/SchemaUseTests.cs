using System.Text.Json;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>The document has the schemas that clients need, and says of them what clients need.</summary>
public sealed class SchemaUseTests(DescribedGateway gateway) : IClassFixture<DescribedGateway>
{
    private JsonElement Schemas => gateway.Document.GetProperty("components").GetProperty("schemas");

    /// <summary>From an operation, directly or through other schemas.</summary>
    [Fact]
    public void Schemas_All_AreUsed()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<JsonElement>([gateway.Document.GetProperty("paths")]);
        while (open.TryPop(out var element))
        {
            foreach (var reference in References(element).Where(used.Add))
            {
                open.Push(reference.Split('/').Skip(1).Aggregate(gateway.Document, (parent, name) => parent.GetProperty(name)));
            }
        }

        Assert.All(Schemas.EnumerateObject(), schema => Assert.Contains($"#/components/schemas/{schema.Name}", used));
    }

    /// <summary>The contracts' comments are shown to clients, who know neither validators nor converters.</summary>
    [Theory]
    [InlineData("validator")]
    [InlineData("converter")]
    [InlineData("serializer")]
    [InlineData("door")]
    [InlineData("business")]
    public void Descriptions_All_AreForClients(string word) =>
        Assert.DoesNotContain(word, Schemas.GetRawText(), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("\"{}\"", true)]
    [InlineData("{\"city\":\"Paris\"}", true)]
    [InlineData("1", false)]
    public void Arguments_OfACall_AreAStringOrAnObject(string arguments, bool isAllowed)
    {
        var item = JsonElement.Parse($$"""{"type":"tool_search_call","call_id":"c","arguments":{{arguments}}}""");
        Assert.Equal(isAllowed, gateway.Schemas.Validate("ResponseInputItem", item).Count == 0);
    }

    /// <summary>Of keys with quotas, which this gateway does not have.</summary>
    [Theory]
    [InlineData("/v1/messages", "anthropic-ratelimit-tokens-limit anthropic-ratelimit-tokens-remaining anthropic-ratelimit-tokens-reset")]
    [InlineData("/v1/chat/completions", "x-ratelimit-limit-tokens x-ratelimit-remaining-tokens x-ratelimit-reset-tokens")]
    [InlineData("/api/chat", "x-ratelimit-limit-tokens x-ratelimit-remaining-tokens x-ratelimit-reset-tokens")]
    public void QuotaHeaders_OfAnAnswer_AreItsDialects(string path, string names)
    {
        var headers = gateway.Document.GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("responses").GetProperty("200").GetProperty("headers");
        Assert.Equal(
            names.Split(' '),
            headers.EnumerateObject().Select(header => header.Name).Where(name => name.Contains("ratelimit", StringComparison.Ordinal) && name.Contains("tokens", StringComparison.Ordinal)),
            StringComparer.Ordinal);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
