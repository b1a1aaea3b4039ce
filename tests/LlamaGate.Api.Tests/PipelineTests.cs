namespace LlamaGate.Api.Tests;

public class PipelineTests
{
    [Fact]
    public void Steps_Always_StandInThisOrder() => Assert.Equal(
        [
            "forwarded-for", "request-id", "trace", "exchange", "failures", "host-names", "cors", "head", "path", "admin", "swagger",
            "landing", "routing", "authentication", "rate-limit", "authorization", "metrics", "controllers",
        ],
        Pipeline.Steps.Select(step => step.Name),
        StringComparer.Ordinal);
}
