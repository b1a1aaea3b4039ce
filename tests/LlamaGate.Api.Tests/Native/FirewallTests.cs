using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Native;

/// <summary>Models are only changed where the operator says so, and the API is only there where he wants it.</summary>
public sealed class FirewallTests
{
    private const string Key = "sk-native";

    public static TheoryData<string, string> Changes => new()
    {
        { "POST", "/api/pull" },
        { "POST", "/api/push" },
        { "POST", "/api/create" },
        { "POST", "/api/copy" },
        { "DELETE", "/api/delete" },
        { "POST", "/api/blobs/sha256:0123" },
        { "HEAD", "/api/blobs/sha256:0123" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_WhereItIsNotAllowed_Is403WithoutAskingOllama(string method, string path)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.CallAsync(method, path, method == "HEAD" ? null : """{"model":"not-there"}""");
        Assert.Equal(403, answer.Status);
        Assert.Equal(method == "HEAD" ? "" : """{"error":"this gateway does not let models be changed"}""", answer.Body);
        Assert.DoesNotContain(bed.Ollama.Requests, request => request.Path == path);
    }

    [Theory]
    [InlineData("""{"model":"plain"}""", "application/x-ndjson", "{\"status\":\"success\"}\n")]
    [InlineData("""{"name":"plain:latest","stream":true}""", "application/x-ndjson", "{\"status\":\"success\"}\n")]
    [InlineData("""{"model":"alias","stream":false}""", "application/json; charset=utf-8", "{\"status\":\"success\"}")]
    public async Task Pull_OfWhatIsThere_Succeeds(string body, string type, string answered)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s.WithAliases(("alias", "tiny")));
        var answer = await bed.CallAsync("POST", "/api/pull", body);
        Assert.Equal(200, answer.Status);
        Assert.Equal(type, answer.Headers["Content-Type"]);
        Assert.Equal(answered, answer.Body);
        Assert.DoesNotContain(bed.Ollama.Requests, request => request.Path == "/api/pull");
    }

    [Fact]
    public async Task Pull_WhileOllamaFails_IsNoRefusal()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Fails(503), "/api/tags");
        Assert.Equal(503, (await bed.CallAsync("POST", "/api/pull", """{"model":"plain"}""")).Status);
    }

    [Theory]
    [InlineData("POST", "/api/pull", true)]
    [InlineData("POST", "/api/push", true)]
    [InlineData("POST", "/api/create", true)]
    [InlineData("POST", "/api/copy", false)]
    [InlineData("DELETE", "/api/delete", false)]
    public async Task Change_WhereAllIsAllowed_Passes(string method, string path, bool isStream)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s.WithAliases(("alias", "tiny")) with { NativeApi = NativeApi.Full });
        var scenario = isStream
            ? Scenario.Lines("""{"status":"pulling manifest"}""", """{"status":"success"}""")
            : new Scenario { Answer = new RawAnswer(200, null) };
        bed.Ollama.Enqueue(scenario, path);
        var answer = await bed.CallAsync(method, path, """{"model":"alias","source":"alias"}""");
        Assert.Equal(200, answer.Status);
        Assert.Equal(isStream ? "{\"status\":\"pulling manifest\"}\n{\"status\":\"success\"}\n" : "", answer.Body);
        var request = Assert.Single(bed.Ollama.Requests);
        Assert.Equal(method, request.Method);
        // An alias is a name to call by; what is made, copied or removed is the model of that name.
        Assert.Equal(path == "/api/pull" ? """{"model":"tiny","source":"alias"}""" : """{"model":"alias","source":"alias"}""", request.Body);
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("HEAD", 404)]
    [InlineData("POST", 201)]
    public async Task Blob_WhereAllIsAllowed_Passes(string method, int status)
    {
        var path = "/api/blobs/sha256:" + new string('0', 64);
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { NativeApi = NativeApi.Full });
        bed.Ollama.Enqueue(new Scenario { Answer = new RawAnswer(status, null) }, path);
        var answer = await bed.CallAsync(method, path, method == "HEAD" ? null : "bytes");
        Assert.Equal((status, ""), (answer.Status, answer.Body));
        var request = Assert.Single(bed.Ollama.Requests);
        Assert.Equal((method, path, method == "HEAD" ? "" : "bytes"), (request.Method, request.Path, request.Body));
    }

    [Theory]
    [InlineData("sha256:0123")]
    [InlineData("..")]
    [InlineData("..%2Ftags")]
    public async Task Blob_WithoutADigest_IsRefused(string digest)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { NativeApi = NativeApi.Full });
        Assert.InRange((await bed.CallAsync("POST", "/api/blobs/" + digest, "bytes")).Status, 400, 405);
        Assert.Empty(bed.Ollama.Requests);
    }

    [Theory]
    [InlineData("POST", "/api/chat")]
    [InlineData("GET", "/api/tags")]
    [InlineData("GET", "/api/version")]
    [InlineData("POST", "/api/pull")]
    [InlineData("GET", "/")]
    public async Task Route_OfAClosedApi_Is404(string method, string path)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { NativeApi = NativeApi.Off, ApiKey = Key });
        var answer = await bed.CallAsync(method, path, method == "POST" ? NativeCalls.Hi : null);
        Assert.Equal(404, answer.Status);
        Assert.Empty(bed.Ollama.Requests);
    }

    [Theory]
    [InlineData("POST", "/api/chat")]
    [InlineData("POST", "/api/generate")]
    [InlineData("POST", "/api/embed")]
    [InlineData("POST", "/api/embeddings")]
    [InlineData("POST", "/api/show")]
    [InlineData("GET", "/api/tags")]
    [InlineData("GET", "/api/ps")]
    [InlineData("POST", "/api/pull")]
    [InlineData("DELETE", "/api/delete")]
    public async Task Route_WithoutTheKey_Is401WithAText(string method, string path)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { ApiKey = Key });
        var answer = await bed.CallAsync(method, path, method == "GET" ? null : NativeCalls.Hi);
        Assert.Equal(401, answer.Status);
        Assert.Contains("An API key is required", answer.ErrorText(), StringComparison.Ordinal);
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
        Assert.Empty(bed.Ollama.Requests);
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + Key)]
    [InlineData("X-API-Key", Key)]
    public async Task Chat_WithTheKey_Passes_AndTheKeyStays(string name, string value)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { ApiKey = Key });
        Assert.Equal(200, (await bed.CallAsync("POST", NativeCalls.Chat, NativeCalls.Hi, (name, value))).Status);
        Assert.DoesNotContain(Assert.Single(bed.Ollama.Requests).Headers, header => header.Value.Contains(Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/", "Ollama is running")]
    [InlineData("HEAD", "/", "")]
    [InlineData("GET", "/api/version", """{"version":"0.33.0-rc2"}""")]
    [InlineData("HEAD", "/api/version", "")]
    public async Task OpenRoute_WithoutTheKey_Answers(string method, string path, string body)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { ApiKey = Key });
        var answer = await bed.CallAsync(method, path, body: (string?)null, ("Accept", "*/*"));
        Assert.Equal(200, answer.Status);
        Assert.Equal(body, answer.Body);
        if (path == "/")
        {
            Assert.Equal("text/plain; charset=utf-8", answer.Headers["Content-Type"]);
            Assert.Equal(method == "HEAD" ? "17" : answer.Headers["Content-Length"], answer.Headers["Content-Length"]);
            Assert.Empty(bed.Ollama.Requests);
        }
    }
}
