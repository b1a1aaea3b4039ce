using System.Text.Json;
using CsCheck;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Configuration.Hosts;

/// <summary>The schema that is shipped and the parser accept the same files.</summary>
public sealed class HostsSchemaTests : IDisposable
{
    private static readonly JsonElement Schema =
        JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "schemas", "hosts.schema.json")));

    /// <summary>Values of each kind, at and beyond each limit.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "1", "-1", "2.5", "0.1", "0.05", "64", "65", "1024", "1025", "16384", "16385", "16777216", "16777217",
        "\"\"", "\"a\"", "\"a b\"", "\"30m\"", "\"-1m\"", "\"soon\"", "\"1.5h30s\"", "\"auto\"", "\"http://a\"", "[]", "[\"m\"]", "[1]", "[\"\"]", "{}",
        "{\"x\":1}", "{\"x\":null}", "{\"x\":{}}",
        $"\"{new string('n', 64)}\"", $"\"{new string('n', 65)}\"", $"[{string.Join(',', Enumerable.Repeat("\"m\"", 65))}]",
    ];

    /// <summary>Those whose value must be the path of a file that exists, or that depend on another member, are tested by themselves.</summary>
    private static readonly string[] HostMembers = [.. HostEntryReader.Members.Except(["api_key_file", "ca_file", "client_cert", "client_key", "url"], StringComparer.Ordinal)];

    private readonly HostsFileBed _bed = new();

    [Fact]
    public void Members_OfTheSchema_AreTheParsers()
    {
        Assert.Equal(HostsFile.Members, Members(Schema), StringComparer.Ordinal);
        Assert.Equal(HostEntryReader.Members, Members(Schema.GetProperty("$defs").GetProperty("host")), StringComparer.Ordinal);
        Assert.Equal(ModelRuleReader.Members, Members(Schema.GetProperty("$defs").GetProperty("model")), StringComparer.Ordinal);
    }

    [Fact]
    public void Limits_OfTheSchema_AreTheParsers()
    {
        var host = Schema.GetProperty("$defs").GetProperty("host").GetProperty("properties");
        Assert.Equal(
            (HostLimitsReader.MaxRunning, HostLimitsReader.MaxLoaded, HostLimitsReader.MaxVideoMemory, HostLimitsReader.MaxPins, ConfiguredHost.MaxHosts),
            (host.GetProperty("max_running").GetProperty("maximum").GetInt32(), host.GetProperty("max_loaded").GetProperty("maximum").GetInt32(),
                host.GetProperty("vram_gb").GetProperty("maximum").GetDecimal(), host.GetProperty("pin").GetProperty("maxItems").GetInt32(),
                Schema.GetProperty("properties").GetProperty("hosts").GetProperty("maxItems").GetInt32()));
        Assert.Equal(HostEntryReader.MaxUrlLength, host.GetProperty("url").GetProperty("maxLength").GetInt32());
        Assert.Equal(HostEntryReader.MaxPathLength, Schema.GetProperty("$defs").GetProperty("path").GetProperty("maxLength").GetInt32());
    }

    [Fact]
    public void Verdicts_OfSchemaAndParser_AreTheSame()
    {
        var accepted = 0;
        var refused = 0;
        var value = OneOf(Values);
        var host = Gen.Select(OneOf(HostMembers), value, (name, text) => $"{{\"url\":\"http://a\",\"{name}\":{text}}}");
        var pinned = Gen.Select(value, OneOf(["vram_gb", "max_loaded", "slots"]), value, (pins, name, text) =>
            $"{{\"url\":\"http://a\",\"pin\":{pins},\"{name}\":{text}}}");
        var rule = Gen.Select(OneOf(ModelRuleReader.Members), value, (name, text) => $"{{\"{name}\":{text}}}");
        Gen.Select(Gen.OneOf(host, pinned, value), Gen.OneOf(rule, value), Gen.Bool, Gen.Bool, (one, model, hasHost, hasModel) =>
            $"{{\"hosts\":[{(hasHost ? one : "{\"url\":\"http://a\"}")}],\"models\":{(hasModel ? $"{{\"m\":{model}}}" : "null")}}}")
        .Sample(
            json =>
            {
                var isAllowed = SchemaCheck.Accepts(Schema, Schema, JsonElement.Parse(json));
                _ = isAllowed ? accepted++ : refused++;
                Assert.True(isAllowed == _bed.Read(json).IsUsable, json);
            },
            iter: 3000, threads: 1);
        Assert.True(accepted > 100 && refused > 100, $"{accepted} accepted, {refused} refused");
    }

    public void Dispose() => _bed.Dispose();

    private static Gen<string> OneOf(IReadOnlyList<string> values) => Gen.Int[0, values.Count - 1].Select(index => values[index]);

    private static IEnumerable<string> Members(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(member => member.Name);
}
