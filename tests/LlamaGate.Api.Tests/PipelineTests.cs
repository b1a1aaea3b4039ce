namespace LlamaGate.Api.Tests;

public class PipelineTests
{
    [Fact]
    public void Steps_Always_StandInThisOrder() => Assert.Equal(
        [
            "forwarded-for", "request-id", "exchange", "failures", "host-names", "cors", "head", "path", "swagger",
            "routing", "authentication", "rate-limit", "authorization", "controllers",
        ],
        Pipeline.Steps.Select(step => step.Name),
        StringComparer.Ordinal);
}
