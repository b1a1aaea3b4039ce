using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Application.Telemetry;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Tests.Telemetry;

public sealed class UsageMetricsTests : IDisposable
{
    private static readonly UsageRecord Call = new(Guid.NewGuid(), DateTimeOffset.UnixEpoch, "anna", "llama3.2")
    {
        Host = "gpu1",
        User = "anna@example.com",
        Outcome = UsageOutcome.Completed,
        TokensIn = 26,
        TokensOut = 282,
        Load = TimeSpan.FromSeconds(1),
        Prompt = TimeSpan.FromSeconds(0.25),
        Eval = TimeSpan.FromSeconds(2),
        Held = TimeSpan.FromSeconds(2.5),
        Waited = TimeSpan.FromSeconds(4),
        FirstChunk = TimeSpan.FromSeconds(0.5),
    };

    private readonly Readings _readings = new();

    public void Dispose() => _readings.Dispose();

    [Fact]
    public void Add_ACompletedCall_IsMeasuredAsTheConventionsSay()
    {
        Metrics(isShared: true).Add(Call);
        const string upstream = "{gen_ai.operation.name=chat,gen_ai.provider.name=ollama,gen_ai.request.model=llama3.2,"
            + "gen_ai.response.model=llama3.2,llamagate.host=gpu1,server.address=10.0.0.7,server.port=11434}";
        Assert.Equal(
            [
                $"gen_ai.client.operation.duration=2.5{upstream}",
                $"gen_ai.client.operation.time_to_first_chunk=0.5{upstream}",
                "llamagate.gpu.time=3.25{gen_ai.request.model=llama3.2,llamagate.host=gpu1,llamagate.key=anna}",
                "llamagate.queue.wait=4{gen_ai.request.model=llama3.2,llamagate.key=anna}",
                "gen_ai.client.token.usage=26{gen_ai.operation.name=chat,gen_ai.provider.name=ollama,gen_ai.request.model=llama3.2,"
                    + "gen_ai.token.type=input,llamagate.key=anna}",
                "gen_ai.client.token.usage=282{gen_ai.operation.name=chat,gen_ai.provider.name=ollama,gen_ai.request.model=llama3.2,"
                    + "gen_ai.token.type=output,llamagate.key=anna}",
            ],
            _readings.All);
    }

    [Fact]
    public void Add_AFailedCallOfAnUnknownModel_HasAnErrorAndNoNameOfTheCallers()
    {
        Metrics(isShared: false).Add(Call with
        {
            Model = "whatever-a-caller-writes",
            Outcome = UsageOutcome.Failed,
            Error = GatewayError.UpstreamTimeout,
            TokensIn = 0,
            TokensOut = 0,
        });
        var duration = Assert.Single(_readings.Of("gen_ai.client.operation.duration"));
        Assert.Contains("error.type=upstream_timeout", duration, StringComparison.Ordinal);
        Assert.Contains("gen_ai.request.model=other", duration, StringComparison.Ordinal);
        Assert.DoesNotContain(_readings.All, text => text.Contains("whatever", StringComparison.Ordinal));
        Assert.Empty(_readings.Of("gen_ai.client.token.usage"));
        Assert.Empty(_readings.Of("llamagate.queue.wait"));
    }

    [Fact]
    public void Add_ACallWhoseCallerLeft_HasItsOwnErrorType()
    {
        Metrics(isShared: false).Add(Call with { Outcome = UsageOutcome.Cancelled });
        Assert.Contains("error.type=client_left", Assert.Single(_readings.Of("gen_ai.client.operation.duration")), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_Anything_HasNoUserInAnyLabel()
    {
        Metrics(isShared: true).Add(Call);
        Assert.NotEmpty(_readings.All);
        Assert.DoesNotContain(_readings.All, text => text.Contains("example.com", StringComparison.Ordinal));
    }

    [Fact]
    public void Add_AnAnswerFromTheCache_IsNoCallUpstream()
    {
        Metrics(isShared: true).Add(Call with { Kind = UsageKind.CacheHit, Host = null });
        Assert.Empty(_readings.All);
    }

    [Fact]
    public void ErrorTypeOf_EveryError_IsALowercaseWord() => Assert.All(
        Enum.GetValues<GatewayError>(), error => Assert.Matches("^[a-z_]+$", UsageMetrics.ErrorTypeOf(error)));

    private UsageMetrics Metrics(bool isShared) =>
        new(_readings.Scope, new TelemetryLabels(), new OneHost(), new HostSharing(isShared));

    private sealed class OneHost : IHostAddresses
    {
        public HostAddress Find(string? host) => new("gpu1", "10.0.0.7", 11434);
    }
}
