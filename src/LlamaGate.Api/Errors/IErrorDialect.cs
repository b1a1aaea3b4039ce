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
    ReadOnlyMemory<byte> ToBody(GatewayException exception);

    /// <summary>The same error for a stream whose status has been sent.</summary>
    DialectError ToStreamError(GatewayException exception);
}
