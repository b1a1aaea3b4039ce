using LlamaGate.Domain.Errors;

namespace LlamaGate.Domain.Tests.Errors;

public class GatewayExceptionTests
{
    [Fact]
    public void Exception_OfAnError_CarriesWhatTheCallerReads()
    {
        var cause = new InvalidOperationException("secret");
        var exception = new GatewayException(GatewayError.ModelNotFound, "no such model", cause) { Field = RequestField.Model };
        Assert.Equal(
            (GatewayError.ModelNotFound, "no such model", RequestField.Model, cause),
            (exception.Error, exception.Message, exception.Field, exception.InnerException));
        Assert.Null(exception.RetryAfter);
        Assert.Null(exception.LogDetail);
    }
}
