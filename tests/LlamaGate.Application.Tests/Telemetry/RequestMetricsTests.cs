using LlamaGate.Application.Models;
using LlamaGate.Application.Telemetry;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Telemetry;

public sealed class RequestMetricsTests : IDisposable
{
    private static readonly ModelAliases Aliases = new([new("gpt-4o", "llama3.2")]);

    private readonly Readings _readings = new();
    private readonly RequestMetrics _metrics;

    public RequestMetricsTests() => _metrics = new RequestMetrics(_readings.Scope, new TelemetryLabels());

    public void Dispose() => _readings.Dispose();

    [Fact]
    public void Record_AnAnsweredRequest_HasItsTimesUnderTheModelsOwnName()
    {
        _metrics.Record(
            new EndedRequest(TimeSpan.FromSeconds(5.5))
            {
                Operation = "chat",
                Model = "gpt-4o",
                Cache = "miss",
                FirstToken = TimeSpan.FromSeconds(0.5),
                UpstreamTime = TimeSpan.FromSeconds(4.5),
                Usage = new TokenUsage(26, 101),
            },
            Aliases);
        const string labels = "{gen_ai.operation.name=chat,gen_ai.provider.name=ollama,gen_ai.request.model=llama3.2,llamagate.cache=miss}";
        Assert.Equal(
            [
                $"gen_ai.server.request.duration=5.5{labels}",
                $"gen_ai.server.time_to_first_token=0.5{labels}",
                $"gen_ai.server.time_per_output_token=0.04{labels}",
            ],
            _readings.All);
    }

    [Fact]
    public void Record_ARefusedRequest_IsCountedByItsCode()
    {
        _metrics.Record(new EndedRequest(TimeSpan.FromSeconds(1)) { Operation = "chat", Model = "x", ErrorType = "queue_full" }, Aliases);
        Assert.Equal("llamagate.refusals=1{llamagate.code=queue_full}", Assert.Single(_readings.Of("llamagate.refusals")));
        Assert.Contains("error.type=queue_full", Assert.Single(_readings.Of("gen_ai.server.request.duration")), StringComparison.Ordinal);
    }

    [Fact]
    public void Record_AFailureOfTheUpstream_IsNoRefusal()
    {
        _metrics.Record(new EndedRequest(TimeSpan.FromSeconds(1)) { Operation = "chat", ErrorType = "upstream_error" }, Aliases);
        Assert.Empty(_readings.Of("llamagate.refusals"));
    }

    [Fact]
    public void Record_ARequestWithoutAModel_HasNoDuration()
    {
        _metrics.Record(new EndedRequest(TimeSpan.FromSeconds(1)), Aliases);
        Assert.Empty(_readings.All);
    }
}
