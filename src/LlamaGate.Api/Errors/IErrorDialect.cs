using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>An API's error format. <see cref="SpeaksAttribute"/> selects it for an endpoint.</summary>
internal interface IErrorDialect
{
    string ContentType { get; }

    int StatusOf(GatewayException exception);

    /// <summary>The field at fault, with this API's name; null when there is none.</summary>
    string? FieldOf(GatewayException exception);

    /// <summary>The body of a plain answer.</summary>
    /// <param name="requestId">Null where there is no request that could be read.</param>
    ReadOnlyMemory<byte> ToBody(GatewayException exception, string? requestId);

    /// <summary>The same error for a stream whose status has been sent.</summary>
    DialectError ToStreamError(GatewayException exception, string? requestId);
}
