using System.Diagnostics;
using System.Diagnostics.Metrics;
using LlamaGate.Application.Models;

namespace LlamaGate.Application.Telemetry;

/// <summary>The caller's view: how long requests took, and which were refused.</summary>
public sealed class RequestMetrics
{
    /// <summary>Refusals by the gateway itself, for reasons that can pass or that a limit gives.</summary>
    private static readonly HashSet<string> RefusalCodes = new(StringComparer.Ordinal)
    {
        "invalid_api_key", "model_not_allowed", "rate_limit_exceeded", "insufficient_quota", "too_many_waiting", "queue_full", "queue_timeout",
        "no_host", "reader_too_slow", "shutting_down", "cancelled",
    };

    private readonly TelemetryLabels _labels;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _timeToFirstToken;
    private readonly Histogram<double> _timePerOutputToken;
    private readonly Counter<long> _refusals;

    public RequestMetrics(TelemetryScope scope, TelemetryLabels labels)
    {
        _labels = labels;
        var meter = scope.Meter;
        _duration = meter.CreateHistogram(
            TelemetryNames.ServerRequestDuration, "s", "Time from the arrival of a request to the end of its answer.", tags: null, Buckets.Durations);
        _timeToFirstToken = meter.CreateHistogram(
            TelemetryNames.ServerTimeToFirstToken, "s", "Time from the first call to Ollama to the first part of the answer.", tags: null, Buckets.FirstTokens);
        _timePerOutputToken = meter.CreateHistogram(
            TelemetryNames.ServerTimePerOutputToken, "s", "Time for each token after the first.", tags: null, Buckets.PerToken);
        _refusals = meter.CreateCounter<long>(TelemetryNames.Refusals, "{request}", "Requests that the gateway refused.");
    }

    /// <summary>A request has ended.</summary>
    /// <param name="aliases">The aliases that were in force for it.</param>
    public void Record(in EndedRequest request, ModelAliases aliases)
    {
        if (request.ErrorType is { } code && _refusals.Enabled && RefusalCodes.Contains(code))
        {
            _refusals.Add(1, new KeyValuePair<string, object?>(TelemetryNames.Code, code));
        }

        if (request.Operation is not { } operation || !_duration.Enabled)
        {
            return;
        }

        var own = request.Model is null ? null : aliases.Resolve(request.Model);
        var model = own is not null && request.Usage is not null ? _labels.KnownModel(own) : _labels.AskedModel(own);
        var tags = new TagList
        {
            { TelemetryNames.OperationName, operation },
            { TelemetryNames.ProviderName, TelemetryNames.Ollama },
            { TelemetryNames.RequestModel, model },
        };
        if (request.Cache is { } cache)
        {
            tags.Add(TelemetryNames.Cache, cache);
        }

        if (request.ErrorType is { } error)
        {
            tags.Add(TelemetryNames.ErrorType, error);
            _duration.Record(request.Duration.TotalSeconds, tags);
            return;
        }

        _duration.Record(request.Duration.TotalSeconds, tags);
        if (request.FirstToken is { } first)
        {
            _timeToFirstToken.Record(first.TotalSeconds, tags);
            if (request is { Usage.CompletionTokens: > 1 and var tokens, UpstreamTime: { } whole })
            {
                // Neither a slow upload nor a slow reader is the model's.
                _timePerOutputToken.Record((whole - first).TotalSeconds / (tokens - 1), tags);
            }
        }
    }
}
