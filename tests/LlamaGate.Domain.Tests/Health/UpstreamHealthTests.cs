using LlamaGate.Domain.Health;

namespace LlamaGate.Domain.Tests.Health;

public class UpstreamHealthTests
{
    [Fact]
    public void IsHealthy_OfEachState_IsThatOfItsFault()
    {
        Assert.True(UpstreamHealth.Connected.IsHealthy);
        Assert.False(UpstreamHealth.Unreachable.IsHealthy);
        Assert.Equal(new UpstreamHealth("Ollama returned status 503"), UpstreamHealth.AnsweredWith(503));
    }
}
