using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>How an API words its errors. <see cref="SpeaksAttribute"/> chooses it for an endpoint.</summary>
internal interface IErrorDialect
{
    string ContentType { get; }

    int StatusOf(GatewayException exception);

    /// <summary>The field at fault, as this API spells it; null when there is none.</summary>
    string? FieldOf(GatewayException exception);

    /// <summary>The body of a plain answer.</summary>
    ReadOnlyMemory<byte> ToBody(GatewayException exception);

    /// <summary>The same error for a stream whose status is out.</summary>
    DialectError ToStreamError(GatewayException exception);
}
