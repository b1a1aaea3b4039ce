using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace LlamaGate.Api.OpenApi;

/// <summary>
/// The document as it is sent. Making it takes a tenth of a second and a question to Ollama, and whoever asks needs no key: so those
/// who ask together share one, and it holds for a few seconds, which is as old as the models in its examples may be.
/// </summary>
internal sealed class SharedDocument(IServiceScopeFactory scopes, TimeProvider timeProvider)
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task<byte[]>? _making;
    private long _madeAt;

    public Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_making is null || (_making.IsCompleted && IsStale(_making)))
            {
                _making = MakeAsync();
            }

            return _making.WaitAsync(cancellationToken);
        }
    }

    private bool IsStale(Task making) =>
        !making.IsCompletedSuccessfully || timeProvider.GetElapsedTime(Volatile.Read(ref _madeAt)) > Validity;

    private async Task<byte[]> MakeAsync()
    {
        // Not while the gate is held: the first document is the slowest.
        await Task.Yield();
        await using var scope = scopes.CreateAsyncScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>()
            .GetSwaggerAsync(OpenApiSetup.DocumentName);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        Volatile.Write(ref _madeAt, timeProvider.GetTimestamp());
        return json.ToArray();
    }
}
