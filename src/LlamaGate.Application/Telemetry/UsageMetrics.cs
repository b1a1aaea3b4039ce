using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Telemetry;

/// <summary>The upstream's view: what each call took and used.</summary>
internal sealed class UsageMetrics : IUsageSink
{
    private static readonly string[] ErrorTypes =
        [.. Enum.GetNames<Domain.Errors.GatewayError>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private readonly TelemetryLabels _labels;
    private readonly IHostAddresses _hosts;
    private readonly HostSharing _sharing;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstChunk;
    private readonly Histogram<long> _tokens;
    private readonly Histogram<double> _wait;
    private readonly Counter<double> _gpu;

    public UsageMetrics(TelemetryScope scope, TelemetryLabels labels, IHostAddresses hosts, HostSharing sharing)
    {
        (_labels, _hosts, _sharing) = (labels, hosts, sharing);
        var meter = scope.Meter;
        _duration = meter.CreateHistogram(
            TelemetryNames.ClientOperationDuration, "s", "Time from sending a call to Ollama to its end.", tags: null, Buckets.Durations);
        _firstChunk = meter.CreateHistogram(
            TelemetryNames.ClientTimeToFirstChunk, "s", "Time from sending a call to Ollama to the first line of its answer.", tags: null,
            Buckets.FirstTokens);
        _tokens = meter.CreateHistogram(
            TelemetryNames.ClientTokenUsage, "{token}", "Tokens of a call, as Ollama counted them.", tags: null, Buckets.Tokens);
        _wait = meter.CreateHistogram(
            TelemetryNames.QueueWait, "s", "Time for which a call waited for its slot.", tags: null, Buckets.Waits);
        _gpu = meter.CreateCounter<double>(
            TelemetryNames.GpuTime, "s", "Time for which calls used a slot: load, prompt and answer by Ollama's clock.");
    }

    public void Add(UsageRecord record)
    {
        if (record.Kind is not UsageKind.Call || !_duration.Enabled)
        {
            return;
        }

        var isDone = record.Outcome is UsageOutcome.Completed;
        var model = isDone ? _labels.KnownModel(record.Model) : _labels.AskedModel(record.Model);
        var key = _labels.Key(record.KeyId);
        var tags = TagsOf(record, model, isDone);
        _duration.Record(record.Held.TotalSeconds, tags);
        if (record.FirstChunk is { } first)
        {
            _firstChunk.Record(first.TotalSeconds, tags);
        }

        var use = new TagList
        {
            { TelemetryNames.Key, key },
            { TelemetryNames.RequestModel, model },
        };
        if (record.GpuTime > TimeSpan.Zero)
        {
            _gpu.Add(record.GpuTime.TotalSeconds, WithHost(use, record.Host));
        }

        if (_sharing.IsOn)
        {
            _wait.Record(record.Waited.TotalSeconds, use);
        }

        if (record.TokensIn > 0 || record.TokensOut > 0)
        {
            RecordTokens(record, use);
        }
    }

    /// <summary>The type of an error that concerns the upstream.</summary>
    internal static string ErrorTypeOf(Domain.Errors.GatewayError error) => ErrorTypes[(int)error];

    private void RecordTokens(UsageRecord record, TagList tags)
    {
        tags.Add(TelemetryNames.OperationName, ModelOperations.Of(record.Operation));
        tags.Add(TelemetryNames.ProviderName, TelemetryNames.Ollama);
        tags.Add(TelemetryNames.TokenType, TelemetryNames.Input);
        _tokens.Record(record.TokensIn, tags);
        if (record.Operation is not UsageOperation.Embeddings)
        {
            tags[^1] = new(TelemetryNames.TokenType, TelemetryNames.Output);
            _tokens.Record(record.TokensOut, tags);
        }
    }

    private TagList TagsOf(UsageRecord record, string model, bool isDone)
    {
        var tags = new TagList
        {
            { TelemetryNames.OperationName, ModelOperations.Of(record.Operation) },
            { TelemetryNames.ProviderName, TelemetryNames.Ollama },
            { TelemetryNames.RequestModel, model },
        };
        if (isDone)
        {
            tags.Add(TelemetryNames.ResponseModel, model);
        }
        else
        {
            tags.Add(
                TelemetryNames.ErrorType,
                record.Error is { } error ? ErrorTypeOf(error) : TelemetryNames.ClientLeft);
        }

        if (record.Host is { } host && _hosts.Find(host) is { } address)
        {
            tags.Add(TelemetryNames.ServerAddress, address.Host);
            tags.Add(TelemetryNames.ServerPort, address.PortTag);
        }

        return WithHost(tags, record.Host);
    }

    private static TagList WithHost(TagList tags, string? host)
    {
        if (host is not null)
        {
            tags.Add(TelemetryNames.Host, host);
        }

        return tags;
    }
}
