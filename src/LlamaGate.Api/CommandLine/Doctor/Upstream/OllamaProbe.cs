using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Domain.Health;

namespace LlamaGate.Api.CommandLine.Doctor.Upstream;

/// <summary>
/// Requests from Ollama what the gateway's own port does not provide: version, sizes, loaded contexts, and the time of each line of a
/// stream. Its failures keep their cause, which the port hides from callers but the doctor needs.
/// </summary>
internal sealed class OllamaProbe(
    HttpClient http, Uri address, AuthenticationHeaderValue? authorization, DirectCalls calls, TimeProvider clock)
{
    /// <summary>Far larger than any answer that is read as a whole.</summary>
    private const long MaxBytes = 16 * 1024 * 1024;

    private static readonly UpstreamJsonContext Json = UpstreamJsonContext.Default;

    /// <summary>The time according to the header of Ollama's answer; null if there is none.</summary>
    public async Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/version", content: null, cancellationToken);
        return response.Headers.Date;
    }

    public Task<VersionAnswer> GetVersionAsync(CancellationToken cancellationToken) =>
        GetAsync("/api/version", Json.VersionAnswer, cancellationToken);

    public async Task<IReadOnlyList<InstalledModel>> ListInstalledAsync(CancellationToken cancellationToken) =>
        (await GetAsync("/api/tags", Json.InstalledModels, cancellationToken)).Models ?? [];

    public async Task<IReadOnlyList<LoadedModel>> ListLoadedAsync(CancellationToken cancellationToken) =>
        (await GetAsync("/api/ps", Json.LoadedModels, cancellationToken)).Models ?? [];

    public async Task<ModelDescription> DescribeAsync(string model, CancellationToken cancellationToken)
    {
        var body = JsonContent.Create(new ModelBody(model), Json.ModelBody);
        using var response = await SendAsync(HttpMethod.Post, "/api/show", body, cancellationToken);
        return await ReadAsync(response, Json.ModelDescription, cancellationToken);
    }

    /// <summary>Starts a streamed answer of limited length; disposing it early disconnects.</summary>
    public async Task<Generation> GenerateAsync(string model, int maxTokens, CancellationToken cancellationToken)
    {
        var runner = calls.NeedsRunner ? await FindRunnerAsync(model, cancellationToken) : null;
        var started = clock.GetTimestamp();
        var body = JsonContent.Create(calls.CreateBody(model, maxTokens, runner), Json.ChatBody);
        var response = await SendAsync(HttpMethod.Post, "/api/chat", body, cancellationToken);
        return new Generation(response, await response.Content.ReadAsStreamAsync(cancellationToken), clock, started);
    }

    private async Task<LoadedModel?> FindRunnerAsync(string model, CancellationToken cancellationToken) =>
        (await ListLoadedAsync(cancellationToken)).FirstOrDefault(loaded => loaded.Name == model);

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, content: null, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, GatewayAddress.Resolve(address, path)) { Content = content };
        request.Headers.Authorization = authorization;
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var status = (int)response.StatusCode;
        var fault = UpstreamAddressFault.Find(
            request.RequestUri!, path.TrimStart('/'), status, response.Headers.Location, response.Content.Headers.ContentType?.MediaType);
        if (response.IsSuccessStatusCode && fault is null)
        {
            return response;
        }

        using (response)
        {
            var error = fault is null ? await ReadErrorAsync(response, cancellationToken) : null;
            throw new UnexpectedAnswerException("Ollama", status, error) { AddressFault = fault };
        }
    }

    private static async Task<T> ReadAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
        return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException();
    }

    private static async Task<string?> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(response, Json.ErrorAnswer, cancellationToken)).Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
