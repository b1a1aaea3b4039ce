using System.Text.Json;
using LlamaGate.Infrastructure.Callers.Format;
using NJsonSchema;

namespace LlamaGate.Infrastructure.Tests.Callers;

/// <summary>The JSON schema that editors use says what the parser says.</summary>
public sealed class KeysSchemaTests
{
    private static readonly string SchemaText = File.ReadAllText(Find());

    private static readonly Task<JsonSchema> Schema = JsonSchema.FromJsonAsync(SchemaText);

    public static TheoryData<string> Samples { get; } =
    [
        "{}", "[]", "{\"keys\":{}}", "{\"keys\":[]}", "{\"keys\":[1]}", "{\"keys\":[],\"more\":1}", "{\"$schema\":\"x\",\"keys\":[]}",
        "{\"$schema\":1,\"keys\":[]}", "{\"keys\":[{}]}", "{\"keys\":[{\"id\":\"a\"}]}", KeysSample.With(""),
        KeysSample.Of($$"""{"hash":"{{KeysSample.Hash}}"}"""), KeysSample.With("\"name\":\"x\""),
        .. new[] { "\"\"", "\"a b\"", "\"a.b-c_d@e\"", "\"é\"", "1", $"\"{new string('a', 64)}\"", $"\"{new string('a', 65)}\"" }
            .Select(id => KeysSample.Of($$"""{"id":{{id}},"hash":"{{KeysSample.Hash}}"}""")),
        .. new[]
        {
            "\"\"", "\"lg-plain\"", "[]", $"[\"{KeysSample.Hash}\"]", $"[\"{KeysSample.Hash}\",1]", $"\"{KeysSample.Hash.ToUpperInvariant()}\"",
            $"\"sha256:{KeysSample.Hash[7..].ToUpperInvariant()}\"", $"\"{KeysSample.Hash}0\"", "null",
            $"[{string.Join(',', Enumerable.Range(0, 10).Select(i => $"\"sha256:{i:x64}\""))}]",
            $"[{string.Join(',', Enumerable.Range(0, 11).Select(i => $"\"sha256:{i:x64}\""))}]",
        }.Select(hash => KeysSample.Of($$"""{"id":"a","hash":{{hash}}}""")),
        .. Members("weight", "1", "0", "0.001", "1000", "1000.1", "-1", "\"1\"", "null", "1e2"),
        .. Members("priority", "\"low\"", "\"normal\"", "\"high\"", "\"High\"", "\"\"", "1"),
        .. Members("share_by", "\"key\"", "\"address\"", "\"user:X-User\"", "\"user:\"", "\"user:a b\"", "\"user\"", "true"),
        .. Members("models", "[]", "[\"*\"]", "[\"!a*\"]", "[\"!\"]", "[\"\"]", "[\"a b\"]", "[1]", "\"*\"", $"[\"{new string('a', 257)}\"]"),
        .. Members("max_running", "1", "0", "1.5", "100000", "100001", "\"1\""),
        .. Members("max_waiting", "0", "100000", "100001", "-1"),
        .. Members("rate_limit_rps", "0", "0.001", "1000000", "1000001", "\"5\""),
        .. Members("tokens_per_day", "0", "1", "1000000000000", "1000000000001"),
        .. Members("gpu_seconds_per_day", "0", "0.5", "1000000000", "1000000001"),
        .. Members("cache", "\"shared\"", "\"own\"", "\"off\"", "\"on\"", "false"),
        .. Members("admin", "true", "false", "1", "\"true\""),
        .. Members("disabled", "true", "false", "null"),
        .. new[] { "expires", "created" }.SelectMany(name => Members(
            name, "\"2027-01-31\"", "\"2027-13-01\"", "\"2027-1-1\"", "\"2027-01-31T18:00:00Z\"", "\"2027-01-31T18:00:00\"",
            "\"2027-01-31T18:00:00.5+01:00\"", "\"2027-01-31 18:00:00Z\"", "\"2027-01-31T25:00:00Z\"", "\"soon\"", "1900")),
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_BySchemaAndByParser_IsTheSame(string text)
    {
        var bySchema = (await Schema).Validate(text);
        var (_, byParser) = KeysSample.Parse(text);
        Assert.True(
            bySchema.Count == 0 == (byParser.Count == 0),
            $"schema: {string.Join("; ", bySchema)}\nparser: {string.Join("; ", byParser.Select(fault => fault.Problem))}");
    }

    [Fact]
    public void Schema_Properties_AreTheParsersFields()
    {
        var properties = JsonElement.Parse(SchemaText).GetProperty("definitions").GetProperty("key").GetProperty("properties");
        Assert.Equal(KeyFields.Names, properties.EnumerateObject().Select(property => property.Name), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Members(string name, params string[] values) =>
        values.Select(value => KeysSample.With($"\"{name}\":{value}"));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LlamaGate.sln")))
            {
                return Path.Combine(folder.FullName, "docs", "schemas", "keys.schema.json");
            }
        }

        throw new InvalidOperationException("The tests run outside of the repository: no LlamaGate.sln above them.");
    }
}
