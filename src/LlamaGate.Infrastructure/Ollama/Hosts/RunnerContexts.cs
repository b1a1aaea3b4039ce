using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Caching;
using LlamaGate.Infrastructure.Ollama.Wire;
using Microsoft.Extensions.Caching.Memory;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// The context sizes of loaded models, read from Ollama's list of running models and cached for a short
/// time. Concurrent callers share one read.
/// </summary>
internal sealed class RunnerContexts : IDisposable
{
    private const int MaxModels = 1000;

    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(30);
    private static readonly IReadOnlyDictionary<string, int?> None =
        new Dictionary<string, int?>(StringComparer.Ordinal);

    private readonly IUpstreamCalls _calls;
    private readonly TimeProvider _timeProvider;
    private readonly SharedTask<IReadOnlyDictionary<string, int?>> _reading;
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MaxModels });
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;

    public RunnerContexts(IUpstreamCalls calls, TimeProvider timeProvider)
    {
        _calls = calls;
        _timeProvider = timeProvider;
        _stopped = _stopping.Token;
        _reading = new SharedTask<IReadOnlyDictionary<string, int?>>(ReadAsync, validity: TimeSpan.Zero, timeProvider);
    }

    /// <summary>In tokens; null when the model is not loaded or Ollama does not say.</summary>
    public ValueTask<int?> GetAsync(string model, CancellationToken cancellationToken) =>
        _known.TryGetValue(model, out Entry? entry) && _timeProvider.GetElapsedTime(entry!.ReadAt) < Validity
            ? new(entry.Tokens)
            : new(GetNewAsync(model, cancellationToken));

    /// <summary>All of them, by name with and without <c>:latest</c>, in any case of letters.</summary>
    public Task<IReadOnlyDictionary<string, int?>> ListAsync(CancellationToken cancellationToken) => _reading.GetAsync(cancellationToken);

    public void Dispose()
    {
        if (!_stopped.IsCancellationRequested)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }

        _known.Dispose();
    }

    private async Task<int?> GetNewAsync(string model, CancellationToken cancellationToken)
    {
        var contexts = await ListAsync(cancellationToken);
        var tokens = contexts.GetValueOrDefault(model);
        _known.Set(model, new Entry(tokens, _timeProvider.GetTimestamp()), new MemoryCacheEntryOptions { Size = 1 });
        return tokens;
    }

    private async Task<IReadOnlyDictionary<string, int?>> ReadAsync()
    {
        using var limit = new CancellationTokenSource(OwnCalls.Limit, _timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopped);
        try
        {
            var call = new UpstreamCall(UpstreamEndpoint.RunningModels, OwnCalls.Context);
            var running = await _calls.ReadAsync(call, OllamaJsonContext.Instance.OllamaRunningModels, ending.Token);
            return ModelNames.Index((running.Models ?? []).OfType<OllamaRunningModel>()
                .Select(model => (model.Name ?? "", model.ContextLength)));
        }
        catch (Exception)
        {
            // Any failure: without the context the answer is less exact, but still possible.
            return None;
        }
    }

    private sealed record Entry(int? Tokens, long ReadAt);
}
