using System.Text.Json;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>The parameters that the document states are those that routes read, with the values that they allow.</summary>
public sealed class ParameterTests(DescribedGateway gateway) : IClassFixture<DescribedGateway>
{
    [Theory]
    [InlineData("/health", "verbose")]
    [InlineData("/readyz", "verbose")]
    [InlineData("/v1/models", "anthropic-version limit after_id before_id")]
    [InlineData("/v1/models/{id}", "id anthropic-version")]
    [InlineData("/v1/responses/{id}", "id stream")]
    [InlineData("/v1/responses/{id}/input_items", "id limit order after")]
    [InlineData("/v1/usage", "from to by format")]
    [InlineData("/admin/api/usage", "from to by format")]
    public void Parameters_OfARoute_AreThoseThatItReads(string path, string names)
    {
        var parameters = ParametersOf(path).ToList();
        Assert.Equal(
            names.Split(' ').Order(StringComparer.Ordinal),
            parameters.Select(parameter => parameter.GetProperty("name").GetString()!).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.All(parameters, parameter => Assert.NotEmpty(parameter.GetProperty("description").GetString()!));
    }

    [Fact]
    public async Task Words_OfEveryParameter_AreTheOnesAllowed()
    {
        var words = (from operation in gateway.Operations
                     where operation.Method == "GET" && !operation.Path.Contains('{', StringComparison.Ordinal)
                     from parameter in ParametersOf(operation.Path)
                     where parameter.GetProperty("schema").TryGetProperty("enum", out _)
                     from word in parameter.GetProperty("schema").GetProperty("enum").EnumerateArray()
                     select (operation.Path, Name: parameter.GetProperty("name").GetString()!, Word: word.GetString()!)).ToList();
        Assert.Equal(14, words.Count);
        foreach (var (path, name, word) in words)
        {
            Assert.Equal(200, (await GetAsync($"{path}?{name}={word}")).Status);
            Assert.Equal(400, (await GetAsync($"{path}?{name}={word}x")).Status);
        }
    }

    /// <summary>A day that is written down lies in the past one day, and its accounts are empty.</summary>
    [Theory]
    [InlineData("/v1/usage")]
    [InlineData("/admin/api/usage")]
    public void Days_InAnExample_AreNotFixed(string path)
    {
        var days = ParametersOf(path).Where(parameter => parameter.GetProperty("schema").TryGetProperty("format", out var format) && format.ValueEquals("date"));
        Assert.Equal(["from", "to"], days.Select(day => day.GetProperty("name").GetString()), StringComparer.Ordinal);
        Assert.All(days, day => Assert.False(day.TryGetProperty("example", out _)));
    }

    [Fact]
    public async Task Models_InAnthropicsForm_FitTheirSchemas()
    {
        foreach (var (target, path, status) in new[]
        {
            ("/v1/models?limit=1", "/v1/models", 200), ("/v1/models?limit=0", "/v1/models", 400), ("/v1/models/demo", "/v1/models/{id}", 200),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target) { Headers = { { "anthropic-version", "2023-06-01" } } };
            var answer = await gateway.SendAsync(request, DescribedGateway.Key);
            Assert.Equal(status, answer.Status);
            Assert.Empty(gateway.Schemas.ValidateAnswer("GET", path, status, answer.Json));
        }
    }

    [Fact]
    public async Task StoredResponse_ReadAndDeleted_FitsItsSchemas()
    {
        var created = await gateway.PostAsync("/v1/responses", """{"model":"demo","input":"hi"}""");
        var path = "/v1/responses/" + created.Json.GetProperty("id").GetString();
        await CheckAsync(HttpMethod.Get, path, "", 200);
        await CheckAsync(HttpMethod.Get, path, "/input_items", 200);
        await CheckAsync(HttpMethod.Post, path, "/cancel", 400);
        await CheckAsync(HttpMethod.Delete, path, "", 200);
        await CheckAsync(HttpMethod.Get, path, "", 404);
    }

    private async Task CheckAsync(HttpMethod method, string path, string rest, int status)
    {
        var answer = await gateway.SendAsync(new HttpRequestMessage(method, path + rest), DescribedGateway.Key);
        Assert.Equal(status, answer.Status);
        Assert.Empty(gateway.Schemas.ValidateAnswer(method.Method, "/v1/responses/{id}" + rest, status, answer.Json));
    }

    private async Task<Hosting.HttpAnswer> GetAsync(string target) => await gateway.GetAsync(
        target, target.StartsWith("/admin", StringComparison.Ordinal) ? DescribedGateway.AdminKey : DescribedGateway.Key);

    private JsonElement.ArrayEnumerator ParametersOf(string path) =>
        gateway.Document.GetProperty("paths").GetProperty(path).GetProperty("get").TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray()
            : default;
}
