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
    /// <param name="requestId">Null where there is no request that could be read.</param>
    ReadOnlyMemory<byte> ToBody(GatewayException exception, string? requestId);

    /// <summary>The same error for a stream whose status is out.</summary>
    DialectError ToStreamError(GatewayException exception, string? requestId);
}
