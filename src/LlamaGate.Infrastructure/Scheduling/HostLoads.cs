using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>Loads and unloads models. The calls are the gateway's own: no caller who leaves ends them.</summary>
internal sealed partial class HostLoads(OllamaHosts hosts, SharedBlobs blobs, TimeProvider timeProvider, ILogger<HostLoads> logger) : IDisposable
{
    /// <summary>After an unload; the last ones are there for a host that takes long to free its memory.</summary>
    private const int MaxLooks = 5;

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Loads a model, and lists what the host has loaded then. Never throws.</summary>
    /// <param name="name">The model's name on the host.</param>
    public async Task<LoadResult> LoadAsync(StartLoad load, string name, ModelRule rule)
    {
        var started = timeProvider.GetTimestamp();
        try
        {
            using var body = UpstreamBody.Of((load, name, rule), static (writer, load) => WriteLoad(writer, load.load, load.name, load.rule));
            var endpoint = load.IsEmbedding ? UpstreamEndpoint.Embed : UpstreamEndpoint.Generate;
            var probed = hosts.Find(load.Host) ?? throw hosts.NoHost();
            await SendAsync(probed, endpoint, name, body.Json);
            var seconds = timeProvider.GetElapsedTime(started).TotalSeconds;
            LogLoaded(name, load.Host, load.Reason, seconds);
            return await FinishAsync(probed, load, name);
        }
        catch (Exception exception)
        {
            var failure = exception as GatewayException ?? new GatewayException(
                GatewayError.UpstreamError, "The model could not be loaded.", exception);
            LogNotLoaded(name, load.Host, failure.LogDetail ?? failure.Error.ToString());
            return new LoadResult(Runners: null, failure, HasLearned: false);
        }
    }

    /// <summary>Unloads a model. Never throws: if the host cannot do it, the load that follows finds out.</summary>
    /// <param name="name">The model's name on the host.</param>
    public async Task UnloadAsync(StartUnload unload, string name)
    {
        try
        {
            using var body = UpstreamBody.Of(name, static (writer, name) =>
            {
                writer.WriteStartObject();
                writer.WriteString("model"u8, name);
                writer.WriteNumber("keep_alive"u8, 0);
                writer.WriteBoolean("stream"u8, false);
                writer.WriteEndObject();
            });
            var probed = hosts.Find(unload.Host) ?? throw hosts.NoHost();
            await SendAsync(probed, UpstreamEndpoint.Generate, name, body.Json);
            LogUnloaded(name, unload.Host);
            await WhenGoneAsync(probed, unload.Model);
        }
        catch (Exception exception)
        {
            LogNotUnloaded(name, unload.Host, (exception as GatewayException)?.LogDetail ?? exception.GetType().Name);
        }
    }

    /// <summary>A load takes far longer than it should.</summary>
    /// <param name="name">The model's name on the host.</param>
    public void NoteStuck(ReportStuckLoad load, string name) => LogStuck(name, load.Host, load.Seconds);

    public void Dispose()
    {
        if (!_stopping.IsCancellationRequested)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    /// <summary>
    /// Ollama answers before the model is gone, and takes it for busy for a moment after its last answer: a load would then evict another
    /// one, maybe a pinned one. Looking at the list takes longer than that moment.
    /// </summary>
    private async Task WhenGoneAsync(ProbedHost probed, string model)
    {
        for (var look = 0; look < MaxLooks; look++)
        {
            var listed = await probed.Probe.ListRunnersAsync(_stopping.Token);
            if (listed.All.All(runner => blobs.Of(runner.Key) != model))
            {
                return;
            }
        }
    }

    private static void WriteLoad(Utf8JsonWriter writer, StartLoad load, string name, ModelRule rule)
    {
        writer.WriteStartObject();
        writer.WriteString("model"u8, name);
        if (load.IsEmbedding)
        {
            writer.WriteStartArray("input"u8);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteBoolean("stream"u8, false);
        }

        if (load.KeepAlive is { } keepAlive)
        {
            writer.WritePropertyName("keep_alive"u8);
            writer.WriteRawValue(keepAlive);
        }

        WriteOptions(writer, load.Context, rule.Options);
        writer.WriteEndObject();
    }

    /// <summary>The same options as in each call: others would load the model again.</summary>
    private static void WriteOptions(Utf8JsonWriter writer, int? context, JsonElement? options)
    {
        if (context is null && options is null)
        {
            return;
        }

        writer.WriteStartObject("options"u8);
        if (context is { } tokens)
        {
            writer.WriteNumber("num_ctx"u8, tokens);
        }

        foreach (var option in options?.EnumerateObject() ?? default)
        {
            option.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private async Task SendAsync(ProbedHost probed, UpstreamEndpoint endpoint, string name, ReadOnlyMemory<byte> body)
    {
        var host = probed.Host;
        if (!host.TryEnter())
        {
            throw hosts.NoHost();
        }

        // Its use is the gateway's own, and no sign of another client.
        host.Load.Note(ModelName.Key(name));
        try
        {
            var call = new UpstreamCall(endpoint, OwnCalls.Context) { Model = name, Body = body };
            await SendAsync(host, call, mayRepeat: true);
        }
        catch (GatewayException failure)
        {
            probed.Probe.NoteFailure(failure);
            throw;
        }
        finally
        {
            host.Load.Note(ModelName.Key(name));
            host.Leave();
        }
    }

    /// <summary>A runner that died, or a connection that broke, has the second chance that each call has.</summary>
    private async Task SendAsync(SharedHost host, UpstreamCall call, bool mayRepeat)
    {
        try
        {
            using var answer = await host.Calls.StartAsync(call, _stopping.Token);
            using var all = await answer.ReadToEndAsync(_stopping.Token);
        }
        catch (GatewayException failure) when (mayRepeat && OllamaErrors.MaySucceedAtOnce(failure))
        {
            await SendAsync(host, call, mayRepeat: false);
        }
    }

    /// <summary>The model is loaded; what else is can be unknown.</summary>
    private async Task<LoadResult> FinishAsync(ProbedHost probed, StartLoad load, string name)
    {
        try
        {
            var listed = await probed.Probe.ListRunnersAsync(_stopping.Token);
            var hasLearned = await blobs.LearnAsync(probed.Host, load.Model, name, listed, _stopping.Token);
            return new LoadResult(HostReports.ToRunners(listed, blobs), Failure: null, hasLearned);
        }
        catch (Exception exception) when (exception is GatewayException or OperationCanceledException)
        {
            return new LoadResult(Runners: null, Failure: null, HasLearned: false);
        }
    }

    [LoggerMessage(EventId = 2030, EventName = "ModelLoaded", Level = LogLevel.Information,
        Message = "Loaded {Model} on host {Host} in {Seconds:F1} s, reason: {Reason}")]
    private partial void LogLoaded(string model, string host, LoadReason reason, double seconds);

    [LoggerMessage(EventId = 2031, EventName = "ModelNotLoaded", Level = LogLevel.Warning,
        Message = "{Model} could not be loaded on host {Host}: {Fault}")]
    private partial void LogNotLoaded(string model, string host, string fault);

    [LoggerMessage(EventId = 2032, EventName = "ModelUnloaded", Level = LogLevel.Information,
        Message = "Unloaded {Model} on host {Host}")]
    private partial void LogUnloaded(string model, string host);

    [LoggerMessage(EventId = 2034, EventName = "LoadStuck", Level = LogLevel.Warning,
        Message = "The load of {Model} on host {Host} has taken {Seconds:F0} s and has not ended. Nothing else is loaded there until it does")]
    private partial void LogStuck(string model, string host, double seconds);

    [LoggerMessage(EventId = 2033, EventName = "ModelNotUnloaded", Level = LogLevel.Warning,
        Message = "{Model} could not be unloaded on host {Host}: {Fault}")]
    private partial void LogNotUnloaded(string model, string host, string fault);
}

/// <summary>How a load ended.</summary>
/// <param name="Runners">What the host has loaded then; null when it could not be read.</param>
/// <param name="Failure">Null when it ended well.</param>
/// <param name="HasLearned">It turned out that the model shares its runner with another.</param>
internal sealed record LoadResult(IReadOnlyList<ReportedRunner>? Runners, GatewayException? Failure, bool HasLearned);
