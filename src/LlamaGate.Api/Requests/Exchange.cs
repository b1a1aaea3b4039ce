using LlamaGate.Api.Errors;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Requests;

/// <summary>
/// The facts about one request and its answer, for headers and log. It never contains a prompt, an answer or a key. A request
/// feature, used by one thread at a time, except for <see cref="OnQueued"/> and <see cref="OnRouted"/>.
/// </summary>
internal sealed class Exchange(string requestId, long startedAt, CacheDirectives cacheDirectives) : IFailureNote, IUpstreamObserver
{
    private Func<IReadOnlyList<string>>? _ignoredFields;
    private IQueuePlace? _place;
    private UpstreamRoute? _route;

    /// <summary>Whether the hosts are shared, so that callers have principals and priorities.</summary>
    public bool SharesHosts { get; init; }

    /// <summary>The X-Request-ID, which also goes upstream.</summary>
    public string RequestId => requestId;

    /// <summary>When the request arrived: a <see cref="TimeProvider"/> timestamp.</summary>
    public long StartedAt => startedAt;

    /// <summary>What the caller's Cache-Control forbids.</summary>
    public CacheDirectives CacheDirectives => cacheDirectives;

    /// <summary>
    /// Where the last upstream call of this request went; null with a single host, for an answer from the cache, and while the first call
    /// waits in the queue.
    /// </summary>
    public UpstreamRoute? Route => Volatile.Read(ref _route);

    /// <summary>The place of the call that entered the queue last; null while none has.</summary>
    public IQueuePlace? Place => Volatile.Read(ref _place);

    /// <summary>The model as the caller named it.</summary>
    public string? Model { get; private set; }

    /// <summary>Whether the caller wants a stream; null when the endpoint has none.</summary>
    public bool? IsStream { get; private set; }

    /// <summary>The error code of a request that failed, also of a stream that failed after its status was sent.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>The field at fault in a refused request, as in the error.</summary>
    public string? ErrorParam { get; set; }

    /// <summary>The status of Ollama's response, if that caused the error.</summary>
    public int? UpstreamStatus { get; set; }

    /// <summary>The facts about the answer, once there is one; it may fail while it is read.</summary>
    public IAnswerFacts? Answer { get; set; }

    /// <summary>Fields of the body that have no effect, with the caller's names. Computed at each call.</summary>
    public IReadOnlyList<string> FindIgnoredFields() => _ignoredFields?.Invoke() ?? [];

    public void OnQueued(IQueuePlace place)
    {
        if (Interlocked.CompareExchange(ref _place, place, null) is not null)
        {
            Volatile.Write(ref _place, place);
            return;
        }

        // What was sent before the first call entered the queue were questions about the model, which say nothing about its host.
        Volatile.Write(ref _route, null);
    }

    public void OnRouted(UpstreamRoute route) => Volatile.Write(ref _route, route);

    /// <summary>Records the facts from a body.</summary>
    /// <param name="ignoredFields">Called when the headers of an answer without error are written.</param>
    public void Describe(string? model, bool isStream, Func<IReadOnlyList<string>> ignoredFields)
    {
        Model = model;
        IsStream = isStream;
        _ignoredFields = ignoredFields;
    }
}
