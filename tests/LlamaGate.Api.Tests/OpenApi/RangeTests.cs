using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Validation;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>The ranges that the description states are those that requests are refused by.</summary>
public sealed class RangeTests(DescribedGateway gateway) : IClassFixture<DescribedGateway>
{
    /// <summary>Requests of a number each that is allowed.</summary>
    private static readonly (string Path, string Schema, string Body)[] Requests =
    [
        ("/v1/chat/completions", "ChatCompletionRequest",
            """{"model":"demo","messages":[{"role":"user","content":"hi"}],"logprobs":true}"""),
        ("/v1/completions", "CreateCompletionRequest", """{"model":"demo","prompt":"hi"}"""),
        ("/v1/responses", "CreateResponseRequest", """{"model":"demo","input":"hi"}"""),
        ("/v1/messages", "CreateMessageRequest", """{"model":"demo","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}"""),
        ("/v1/messages/count_tokens", "CountTokensRequest", """{"model":"demo","messages":[{"role":"user","content":"hi"}]}"""),
        ("/v1/embeddings", "CreateEmbeddingRequest", """{"model":"demo-embed","input":"hi"}"""),
    ];

    private IEnumerable<Bound> Bounds =>
        from request in Requests
        from member in gateway.Document.GetProperty("components").GetProperty("schemas").GetProperty(request.Schema)
            .GetProperty("properties").EnumerateObject()
        from side in new[] { "minimum", "maximum" }
        where member.Value.TryGetProperty(side, out _)
        let end = member.Value.GetProperty(side).GetDouble()
        select new Bound(request.Path, request.Body, member.Name, end, side == "minimum" ? end - 1 : end + 1);

    [Fact]
    public async Task StatedEnds_OfEveryField_AreAllowed()
    {
        Assert.NotEmpty(Bounds);
        // Together: the demo model takes its time for each token.
        var faults = await Task.WhenAll(Bounds.Select(async bound => (Bound: bound, Field: await FaultAsync(bound, bound.End))));
        Assert.All(faults, fault => Assert.True(
            fault.Field != fault.Bound.Field, $"{fault.Bound.Path} refuses {fault.Bound.Field} {fault.Bound.End}"));
    }

    [Fact]
    public async Task Numbers_BeyondAStatedEnd_AreRefused()
    {
        foreach (var bound in Bounds)
        {
            Assert.True(await FaultAsync(bound, bound.Beyond) == bound.Field, $"{bound.Path} takes {bound.Field} {bound.Beyond}");
        }
    }

    [Fact]
    public void DeclaredRanges_AllOfThem_AreStated()
    {
        var stated = Bounds.Select(bound => (bound.Field, bound.End)).ToHashSet();
        var ranges = typeof(FieldRanges).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => property.GetValue(null)).OfType<NumberRange>().ToList();
        Assert.Equal(14, ranges.Count);
        Assert.All(ranges, range =>
        {
            Assert.Contains((range.Field, range.Least), stated);
            Assert.True(range.IsOpen || stated.Contains((range.Field, range.Most)), range.Field);
        });
    }

    [Fact]
    public async Task EmptyArrays_OfEveryField_AreRefusedAsStated()
    {
        var stated = 0;
        foreach (var (path, schema, body) in Requests)
        {
            foreach (var (field, least) in ArraysOf(schema))
            {
                // Whether a response needs an input depends on another field.
                if ((path, field) != ("/v1/responses", "input"))
                {
                    Assert.True((await FaultAsync(path, body, field, "[]") == field) == (least > 0), $"{path} {field}");
                    stated += Math.Sign(least);
                }
            }
        }

        Assert.Equal(5, stated);
    }

    /// <summary>The fields that accept an array, and the least number of its items.</summary>
    private IEnumerable<(string Field, int Least)> ArraysOf(string schema) =>
        from member in gateway.Document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties").EnumerateObject()
        from choice in ChoicesOf(member.Value)
        where choice.TryGetProperty("items", out _)
        select (member.Name, choice.TryGetProperty("minItems", out var least) ? least.GetInt32() : 0);

    private IEnumerable<JsonElement> ChoicesOf(JsonElement schema) =>
        gateway.Schemas.Resolve(schema) is var found && found.TryGetProperty("anyOf", out var choices)
            ? choices.EnumerateArray().SelectMany(ChoicesOf)
            : [found];

    // As whole numbers are written, which some fields demand.
    private Task<string?> FaultAsync(Bound bound, double number) =>
        FaultAsync(bound.Path, bound.Body, bound.Field, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The field that the request was refused for; null when it was not, or not for a field.</summary>
    private async Task<string?> FaultAsync(string path, string request, string field, string value)
    {
        var body = JsonNode.Parse(request)!.AsObject();
        body[field] = JsonNode.Parse(value);
        var answer = await gateway.PostAsync(path, body.ToJsonString());
        return answer.Status == 400 ? FieldOf(answer) : null;
    }

    /// <summary>Anthropic's errors have the field in the message, at its beginning.</summary>
    private static string? FieldOf(HttpAnswer answer) => answer.Error.TryGetProperty("param", out var param)
        ? param.GetString()
        : answer.Error.GetProperty("message").GetString()!.Split(' ', ':')[0];

    private sealed record Bound(string Path, string Body, string Field, double End, double Beyond);
}
