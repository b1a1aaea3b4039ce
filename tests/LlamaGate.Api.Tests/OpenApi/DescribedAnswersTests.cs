using System.Text;
using System.Text.Json;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>Whatever a route answers is described: its status, its media type and every header. Hosts are shared, which adds headers.</summary>
public sealed class DescribedAnswersTests(DescribedSharing gateway) : IClassFixture<DescribedSharing>
{
    private const string Chat = """{"model":"demo","messages":[{"role":"user","content":"hi"}]""";

    /// <summary>HTTP's own headers, which clients know without a description.</summary>
    private static readonly HashSet<string> Ordinary = new(
        ["Content-Type", "Content-Length", "Date", "Transfer-Encoding", "Cache-Control", "Vary", "Last-Modified"], StringComparer.OrdinalIgnoreCase);

    [Fact]
    public async Task Examples_OfEveryOperation_GetADescribedAnswer()
    {
        foreach (var (method, path, operation) in gateway.Operations)
        {
            foreach (var body in BodiesOf(operation))
            {
                var status = await CheckAsync(method, path, TargetOf(path, operation), body);
                Assert.True(status != 415, $"{method} {path} refuses the content type of {body ?? "no body"}.");
                // An example in a path may name what this gateway does not have.
                Assert.True(status < 400 || path.Contains('{', StringComparison.Ordinal), $"{method} {path} answers {status} to {body ?? "no body"}.");
            }
        }
    }

    [Theory]
    [InlineData("POST", "/api/chat", "", Chat + "}")]
    [InlineData("POST", "/api/generate", "", """{"model":"demo","prompt":"hi"}""")]
    [InlineData("POST", "/api/chat", "", """{"model":"nobody","messages":[]}""")]
    [InlineData("POST", "/v1/chat/completions", "", Chat + ""","stream":true}""")]
    [InlineData("POST", "/v1/chat/completions", "", Chat + ""","temperature":9}""")]
    [InlineData("POST", "/v1/messages", "", Chat + ""","max_tokens":9,"stream":true,"metadata":{"other":1}}""")]
    [InlineData("POST", "/v1/messages", "", Chat + "}")]
    [InlineData("POST", "/v1/messages/count_tokens", "", "{}")]
    [InlineData("GET", "/v1/usage", "?format=csv", null)]
    [InlineData("GET", "/v1/usage", "?by=moon", null)]
    [InlineData("GET", "/v1/models", "?limit=1", null)]
    [InlineData("GET", "/v1/models", "?limit=0", null)]
    [InlineData("GET", "/v1/responses/{id}", "?stream=true", null)]
    [InlineData("GET", "/v1/responses/{id}/input_items", "?limit=0", null)]
    [InlineData("GET", "/admin/api/usage", "?format=csv", null)]
    [InlineData("GET", "/admin/api/usage", "?from=yesterday", null)]
    [InlineData("GET", "/health", "?verbose", null)]
    [InlineData("GET", "/readyz", "?verbose", null)]
    public async Task Call_OfAnotherKind_GetsADescribedAnswer(string method, string path, string query, string? body) =>
        await CheckAsync(method, path, path + query, body);

    /// <summary>Of the metrics' two forms and the models' two.</summary>
    [Theory]
    [InlineData("/metrics", "Accept", "application/openmetrics-text; version=1.0.0")]
    [InlineData("/metrics", "X-Forwarded-For", "192.0.2.1")]
    [InlineData("/v1/models", "anthropic-version", "2023-06-01")]
    [InlineData("/v1/models/{id}", "anthropic-version", "2023-06-01")]
    public async Task Call_WithAHeader_GetsADescribedAnswer(string path, string header, string value)
    {
        var target = path.Replace("{id}", "demo", StringComparison.Ordinal);
        await CheckAsync("GET", path, target, body: null, (header, value));
    }

    /// <summary>Swagger UI and generated clients send a content type only with a body that is described.</summary>
    [Fact]
    public async Task Posts_ThatNeedAContentType_HaveABody()
    {
        foreach (var (method, path, operation) in gateway.Operations.Where(operation => operation.Method == "POST"))
        {
            using var answer = await SendAsync(method, TargetOf(path, operation), body: null);
            Assert.True(
                (int)answer.StatusCode != 415 || operation.TryGetProperty("requestBody", out _), $"{method} {path} needs a content type.");
        }
    }

    private static IEnumerable<string?> BodiesOf(JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            return [null];
        }

        var examples = body.GetProperty("content").GetProperty("application/json").GetProperty("examples").EnumerateObject();
        return examples.Select(example => example.Value.GetProperty("value").GetRawText());
    }

    /// <summary>The address that Swagger UI calls if nothing is changed.</summary>
    private static string TargetOf(string path, JsonElement operation)
    {
        var query = new List<string>();
        foreach (var parameter in operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray() : default)
        {
            var name = parameter.GetProperty("name").GetString()!;
            var example = parameter.TryGetProperty("example", out var found) ? Uri.EscapeDataString(found.ToString()) : null;
            path = path.Replace($"{{{name}}}", example, StringComparison.Ordinal);
            if (example is not null && parameter.GetProperty("in").ValueEquals("query"))
            {
                query.Add($"{name}={example}");
            }
        }

        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private async Task<int> CheckAsync(string method, string path, string target, string? body, (string Name, string Value)? header = null)
    {
        using var answer = await SendAsync(method, target, body, header);
        var (status, media) = ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "");
        var operation = gateway.Document.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant());
        var answers = operation.GetProperty("responses");
        Assert.True(
            answers.TryGetProperty($"{status}", out var found) || answers.TryGetProperty("default", out found), $"{method} {target} answers {status}.");
        var described = gateway.Schemas.Resolve(found);
        Assert.True(described.GetProperty("content").TryGetProperty(media, out _), $"{method} {target} answers {status} as {media}.");
        var headers = described.GetProperty("headers").EnumerateObject().Select(one => one.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.All(
            answer.Headers.Concat(answer.Content.Headers).Select(one => one.Key).Where(name => !Ordinary.Contains(name)),
            name => Assert.True(headers.Contains(name), $"{method} {target} answers {status} with {name}."));
        return status;
    }

    /// <summary>The answer's beginning: one stream has no end.</summary>
    private async Task<HttpResponseMessage> SendAsync(string method, string target, string? body, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (header is { } added)
        {
            request.Headers.TryAddWithoutValidation(added.Name, added.Value);
        }

        // This machine needs no key for metrics.
        var key = target == "/metrics" ? null : target.StartsWith("/admin", StringComparison.Ordinal) ? DescribedGateway.AdminKey : DescribedGateway.Key;
        return await gateway.BeginAsync(request, key);
    }
}
