using LlamaGate.Application.Caching;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace LlamaGate.Api.OpenApi;

/// <summary>
/// The document as it is sent. Generating it takes a tenth of a second and a request to Ollama, and a client needs no key
/// for it, so concurrent requests share one. It is reused for five seconds, the maximum age of the models in its
/// examples.
/// </summary>
internal sealed class SharedDocument
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    private readonly IServiceScopeFactory _scopes;
    private readonly SharedTask<byte[]> _document;

    public SharedDocument(IServiceScopeFactory scopes, TimeProvider timeProvider)
    {
        _scopes = scopes;
        _document = new SharedTask<byte[]>(MakeAsync, Validity, timeProvider);
    }

    public Task<byte[]> GetAsync(CancellationToken cancellationToken) => _document.GetAsync(cancellationToken);

    private async Task<byte[]> MakeAsync()
    {
        await using var scope = _scopes.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>()
            .GetSwaggerAsync(OpenApiSetup.DocumentName);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return json.ToArray();
    }
}
