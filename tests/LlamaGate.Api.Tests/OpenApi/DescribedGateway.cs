using System.Text;
using System.Text.Json;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Logging;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Running;
using LlamaGate.OllamaEmulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>The gateway as it ships, without test endpoints, in front of the demo models; and the document it serves.</summary>
public class DescribedGateway : IAsyncLifetime, IDisposable
{
    public const string Key = "sk-described";
    public const string AdminKey = "sk-described-admin";

    private readonly HttpClient _client = new() { Timeout = GatewayOverOllama.LongestWait };
    private EmulatedOllama _ollama = null!; // Set before any test of the class runs, as all that follows.
    private WebApplication _app = null!;

    public JsonElement Document { get; private set; }

    internal OpenApiSchemaValidator Schemas => new(Document);

    internal IServiceProvider Services => _app.Services;

    public IEnumerable<(string Method, string Path, JsonElement Operation)> Operations =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    internal IEnumerable<RouteEndpoint> Routes =>
        ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    public async Task InitializeAsync()
    {
        _ollama = await EmulatedOllama.StartAsync(new EmulatorOptions { Demo = true });
        var settings = new GatewaySettings { OllamaHost = _ollama.Address, Port = 0, ApiKey = Key, AdminKey = AdminKey, RateLimitRps = 1_000_000 };
        _app = GatewayHost.Build(Change(settings), builder => builder.Services
            .AddSingleton(new LogOutput(TextWriter.Null))
            .AddSingleton<IHostLifetime, NoSignals>());
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
        Document = (await GetAsync("/swagger/v1/swagger.json", key: null)).Json;
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _ollama.DisposeAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected virtual GatewaySettings Change(GatewaySettings settings) => settings;

    internal Task<HttpAnswer> GetAsync(string path, string? key = Key) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), key);

    internal Task<HttpAnswer> ChatAsync(string body, string? key = Key) => PostAsync("/v1/chat/completions", body, key);

    internal Task<HttpAnswer> PostAsync(string path, string body, string? key = Key) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        },
        key);

    /// <summary>An operation's examples of its request, or of its answer with a status.</summary>
    internal IEnumerable<JsonProperty> Examples(string path, string method, string? status = null, string mediaType = "application/json")
    {
        var operation = Document.GetProperty("paths").GetProperty(path).GetProperty(method);
        var holder = status is null ? operation.GetProperty("requestBody") : operation.GetProperty("responses").GetProperty(status);
        return holder.GetProperty("content").GetProperty(mediaType).GetProperty("examples").EnumerateObject();
    }

    internal async Task<HttpAnswer> SendAsync(HttpRequestMessage request, string? key)
    {
        using (request)
        {
            using var response = await BeginAsync(request, key);
            return await HttpAnswer.ReadAsync(response);
        }
    }

    /// <summary>Does not wait for the answer's end.</summary>
    internal Task<HttpResponseMessage> BeginAsync(HttpRequestMessage request, string? key)
    {
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
