using LlamaGate.Api.Errors;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Requests;

/// <summary>
/// The facts about one request and its answer, for headers and log. It never contains a prompt, an answer or a key. A request
/// feature, used by one thread at a time, except for <see cref="OnRouted"/>.
/// </summary>
internal sealed class Exchange(string requestId, long startedAt, CacheDirectives cacheDirectives) : IFailureNote, IUpstreamObserver
{
    private Func<IReadOnlyList<string>>? _ignoredFields;

    /// <summary>The X-Request-ID, which also goes upstream.</summary>
    public string RequestId => requestId;

    /// <summary>When the request arrived: a <see cref="TimeProvider"/> timestamp.</summary>
    public long StartedAt => startedAt;

    /// <summary>What the caller's Cache-Control forbids.</summary>
    public CacheDirectives CacheDirectives => cacheDirectives;

    /// <summary>Where the last upstream call of this request went; null with a single host, and for an answer from the cache.</summary>
    public UpstreamRoute? Route { get; private set; }

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

    public void OnRouted(UpstreamRoute route) => Route = route;

    /// <summary>Records the facts from a body.</summary>
    /// <param name="ignoredFields">Called when the headers of an answer without error are written.</param>
    public void Describe(string? model, bool isStream, Func<IReadOnlyList<string>> ignoredFields)
    {
        Model = model;
        IsStream = isStream;
        _ignoredFields = ignoredFields;
    }
}
