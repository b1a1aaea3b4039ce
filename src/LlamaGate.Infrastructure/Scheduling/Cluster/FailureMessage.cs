using LlamaGate.Domain.Errors;
using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>A <see cref="GatewayException"/> on its way between gateways.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.failure")]
internal sealed record FailureMessage
{
    [Id(0)]
    public required GatewayError Error { get; init; }

    [Id(1)]
    public required string Message { get; init; }

    [Id(2)]
    public RequestField? Field { get; init; }

    [Id(3)]
    public TimeSpan? RetryAfter { get; init; }

    [Id(4)]
    public bool FailsAgain { get; init; }

    [Id(5)]
    public int? UpstreamStatus { get; init; }

    [Id(6)]
    public string? LogDetail { get; init; }

    public static FailureMessage Of(GatewayException failure) => new()
    {
        Error = failure.Error,
        Message = failure.Message,
        Field = failure.Field,
        RetryAfter = failure.RetryAfter,
        FailsAgain = failure.FailsAgain,
        UpstreamStatus = failure.UpstreamStatus,
        LogDetail = failure.LogDetail,
    };

    public GatewayException ToException() => new(Error, Message)
    {
        Field = Field,
        RetryAfter = RetryAfter,
        FailsAgain = FailsAgain,
        UpstreamStatus = UpstreamStatus,
        LogDetail = LogDetail,
    };
}
