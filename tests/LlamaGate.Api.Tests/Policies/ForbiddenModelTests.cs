using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Native;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Policies;

/// <summary>A model that a key may not use is refused wherever a request can name it, and Ollama is not asked.</summary>
public sealed class ForbiddenModelTests : IAsyncLifetime
{
    private const string Limited = "limited";
    private const string Unlimited = "unlimited";

    /// <summary>The endpoints with a body that takes no model.</summary>
    private static readonly string[] WithoutModel = ["POST /v1/responses/{id}/cancel", "POST /api/blobs/{digest}"];

    private GatewayOverOllama _bed = null!; // Set before any test runs.

    public async Task InitializeAsync() => _bed = await StartAsync(NativeApi.Full);

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    public static TheoryData<int, string> Forbidden()
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < ModelRequest.All.Count; i++)
        {
            data.Add(i, "tiny");
            data.Add(i, "Tiny:latest");
            data.Add(i, "registry.ollama.ai/library/tiny");
            data.Add(i, "not-there");
            if (!ModelRequest.All[i].TakesNoAliases)
            {
                data.Add(i, "small");
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Request_ForAForbiddenModel_Is403InItsDialectAndNothingIsAsked(int index, string model)
    {
        var request = ModelRequest.All[index];
        var answer = await SendAsync(request, model, Limited);
        Assert.Equal(403, answer.Status);
        var message = $"You may not use the model '{model}'. GET /v1/models lists those that you may use.";
        var expected = request.Path switch
        {
            _ when request.Path.StartsWith("/api/", StringComparison.Ordinal) => $$"""{"error":"{{message}}"}""",
            _ when request.Path.StartsWith("/v1/messages", StringComparison.Ordinal) =>
                $$$"""{"type":"error","error":{"type":"permission_error","message":"{{{message}}}"},"request_id":"{{{answer.Headers["X-Request-ID"]}}}"}""",
            _ => $$$"""{"error":{"message":"{{{message}}}","type":"invalid_request_error","param":"model","code":"model_not_allowed"}}""",
        };
        Assert.Equal(expected, answer.Body);
        Assert.Empty(_bed.Ollama.Requests);
    }

    public static TheoryData<int> Requests() => new(Enumerable.Range(0, ModelRequest.All.Count));

    /// <summary>The other side: without it the test above would pass for a gateway that refuses everything.</summary>
    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_ForAnAllowedModel_IsNotRefused(int index)
    {
        var request = ModelRequest.All[index];
        Assert.NotEqual(403, (await SendAsync(request, "plain", Limited)).Status);
        Assert.NotEqual(403, (await SendAsync(request, "PLAIN:latest", Limited)).Status);
        Assert.NotEqual(403, (await SendAsync(request, "tiny", Unlimited)).Status);
    }

    [Fact]
    public async Task Pull_OfAForbiddenModelWhereModelsAreReadOnly_IsRefusedWithoutAsking()
    {
        await using var bed = await StartAsync(NativeApi.On);
        var answer = await bed.CallAsync("POST", "/api/pull", """{"model":"small"}""", NamedCallers.Key(Limited));
        Assert.Equal((403, """{"error":"You may not use the model 'small'. GET /v1/models lists those that you may use."}"""), (answer.Status, answer.Body));
        Assert.Empty(bed.Ollama.Requests);
        Assert.Equal(200, (await bed.CallAsync("POST", "/api/pull", """{"model":"plain"}""", NamedCallers.Key(Limited))).Status);
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"tiny","messages":[]}""")]
    [InlineData("/v1/embeddings", """{"model":"tiny"}""")]
    [InlineData("/api/chat", """{"model":"tiny","model":"tiny"}""")]
    public async Task Request_ThatIsInvalidToo_IsInvalid(string path, string body) =>
        Assert.Equal(400, (await _bed.PostAsync(path, body, NamedCallers.Key(Limited))).Status);

    [Fact]
    public async Task Response_ContinuedWithAForbiddenModel_IsRefusedAndWithAnAllowedOneNot()
    {
        var first = await _bed.PostAsync("/v1/responses", """{"model":"tiny","input":"hi"}""", NamedCallers.Key(Unlimited));
        var id = first.Json.GetProperty("id").GetString();
        Assert.Equal(200, (await ContinueAsync("plain", Unlimited)).Status);
        // Another key's response is not there, and the model is looked at first.
        Assert.Equal("model_not_allowed", (await ContinueAsync("tiny", Limited)).ErrorCode);
        Assert.Equal("previous_response_not_found", (await ContinueAsync("plain", Limited)).ErrorCode);

        Task<HttpAnswer> ContinueAsync(string model, string key) => _bed.PostAsync(
            "/v1/responses", $$"""{"model":"{{model}}","input":"hi","previous_response_id":"{{id}}"}""", NamedCallers.Key(key));
    }

    [Fact]
    public async Task Refusal_OfAModel_IsInTheLogWithItsCode()
    {
        await SendAsync(ModelRequest.All[0], "tiny", Limited);
        var line = Assert.Single(await _bed.Gateway.StopAndReadLogAsync(), line => line.Contains("model_not_allowed", StringComparison.Ordinal));
        Assert.Contains("\"key\":\"limited\"", line, StringComparison.Ordinal);
        Assert.Contains("\"param\":\"model\"", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Endpoint_WithABody_IsTestedAbove(bool mayChangeModels)
    {
        await using var bed = await StartAsync(mayChangeModels ? NativeApi.Full : NativeApi.On);
        var endpoints = bed.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()?.ControllerTypeInfo.Assembly == typeof(GatewayHost).Assembly)
            // An administrator's key may use every model there.
            .Where(endpoint => !endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("admin/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
                .Where(method => method is not "GET")
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"))
            .ToList();
        // DELETE has a body only where Ollama's models are deleted.
        var untested = endpoints
            .Except(ModelRequest.All.Select(request => $"{request.Method} {request.Path}"), StringComparer.Ordinal)
            .Except([.. WithoutModel, "DELETE /v1/responses/{id}"], StringComparer.Ordinal);
        Assert.Empty(untested);
        Assert.Superset(ModelRequest.All.Select(request => $"{request.Method} {request.Path}").ToHashSet(StringComparer.Ordinal), endpoints.ToHashSet(StringComparer.Ordinal));
    }

    private Task<HttpAnswer> SendAsync(ModelRequest request, string model, string key) =>
        _bed.CallAsync(request.Method, request.Path, request.For(model), ("Content-Type", "application/json"), NamedCallers.Key(key));

    private static Task<GatewayOverOllama> StartAsync(NativeApi native) => GatewayOverOllama.StartAsync(
        settings => settings.WithAliases(("small", "tiny"), ("big", "plain")) with { NativeApi = native },
        NamedCallers.Are(NamedCallers.Allowed(Unlimited, "*"), NamedCallers.Allowed(Limited, "plain", "!tiny")));
}
