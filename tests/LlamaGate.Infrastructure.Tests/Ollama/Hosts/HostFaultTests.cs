using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

/// <summary>The log says why a host is down in words, not in names of .NET.</summary>
public class HostFaultTests
{
    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "its name cannot be resolved")]
    [InlineData(HttpRequestError.SecureConnectionError, "the TLS connection failed")]
    [InlineData(HttpRequestError.ConnectionError, "it cannot be connected to")]
    [InlineData(HttpRequestError.ResponseEnded, "the connection broke")]
    public void Of_AnUnreachableHost_SaysWhy(HttpRequestError error, string detail)
    {
        var fault = HostFault.Of(new GatewayException(GatewayError.UpstreamUnreachable, "m", new HttpRequestException(error)));
        Assert.Equal(("Ollama unreachable", detail), (fault.Text, fault.Detail));
    }

    [Fact]
    public void Of_AnythingElse_NamesNoType() =>
        Assert.Equal("Ollama could not be asked", HostFault.Of(new InvalidOperationException("secret")).Text);
}
