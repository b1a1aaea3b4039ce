using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Routing;

namespace LlamaGate.Infrastructure.Tests.Ollama.Routing;

public sealed class FailoverTests
{
    [Theory]
    [InlineData(GatewayError.UpstreamUnreachable, null, true)]
    [InlineData(GatewayError.UpstreamBusy, 503, true)]
    [InlineData(GatewayError.UpstreamError, 500, true)]
    [InlineData(GatewayError.UpstreamError, 502, true)]
    [InlineData(GatewayError.UpstreamError, 401, false)]
    [InlineData(GatewayError.UpstreamError, 200, false)]
    [InlineData(GatewayError.UpstreamError, null, false)]
    [InlineData(GatewayError.UpstreamTimeout, null, false)]
    [InlineData(GatewayError.UpstreamTimeout, 504, false)]
    [InlineData(GatewayError.UpstreamLimited, 429, false)]
    [InlineData(GatewayError.UpstreamRefused, 403, false)]
    [InlineData(GatewayError.InvalidRequest, null, false)]
    [InlineData(GatewayError.UnsupportedByModel, null, false)]
    [InlineData(GatewayError.ContextLengthExceeded, null, false)]
    public void Helps_IfTheHostIsAtFault(GatewayError error, int? status, bool expected) =>
        Assert.Equal(expected, Failover.Helps(new GatewayException(error, "") { UpstreamStatus = status }, lacksModel: false));

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Helps_WithoutTheModel_UnlessNobodyHasIt(bool lacksModel, bool expected) =>
        Assert.Equal(expected, Failover.Helps(new GatewayException(GatewayError.ModelNotFound, ""), lacksModel));
}
