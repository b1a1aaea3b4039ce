using LlamaGate.Domain.Errors;

namespace LlamaGate.Domain.Tests.Errors;

public class GatewayExceptionTests
{
    [Fact]
    public void Exception_OfAnError_CarriesWhatTheCallerIsTold()
    {
        var cause = new InvalidOperationException("secret");
        var exception = new GatewayException(GatewayError.ModelNotFound, "no such model", "model", cause);
        Assert.Equal(
            (GatewayError.ModelNotFound, "no such model", "model", cause),
            (exception.Error, exception.Message, exception.Param, exception.InnerException));
        Assert.Null(exception.RetryAfter);
        Assert.Null(exception.LogDetail);
    }
}
