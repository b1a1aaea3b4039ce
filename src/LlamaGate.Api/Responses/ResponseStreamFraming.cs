using LlamaGate.Api.Errors;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Responses.Contracts;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Responses;

/// <summary>
/// Named events, of which the last one says how the response ended; there is no <c>[DONE]</c>. A failure is told twice: by
/// <c>response.failed</c> with what there was, and by <c>error</c>, at which the official clients throw.
/// </summary>
internal sealed class ResponseStreamFraming : IStreamFraming<ResponseStreamEvent>
{
    /// <summary>The one code of OpenAI's closed list that fits; the precise one is in the error event.</summary>
    private const string FailureCode = "server_error";

    private readonly List<ResponseOutputItem> _items = [];
    private ResponseObject? _response;
    private int _next;

    public void WriteEvent(SseWriter writer, ResponseStreamEvent data)
    {
        _response ??= data.Response;
        _next = data.SequenceNumber + 1;
        if (data is { Type: ResponseStreamEvent.ItemDone, Item: { } item })
        {
            _items.Add(item);
        }

        writer.WriteEvent(data.Type, data, ResponsesJsonContext.Instance.ResponseStreamEvent);
    }

    public void WriteEnd(SseWriter writer)
    {
    }

    public void WriteFailure(SseWriter writer, GatewayException failure)
    {
        var body = ErrorTranslator.ToBody(failure);
        if (_response is not null)
        {
            var failed = _response with
            {
                Status = ResponseObject.Failed,
                Error = new ResponseError(FailureCode, body.Message),
                Output = _items,
            };
            WriteEvent(
                writer, new ResponseStreamEvent { Type = ResponseStreamEvent.Failed, SequenceNumber = _next, Response = failed });
        }

        writer.WriteEvent(
            ResponseStreamEvent.ErrorType,
            new ResponseErrorEvent(body.Code ?? body.Type, body.Message, body.Param, _next, body),
            ResponseErrorJsonContext.Default.ResponseErrorEvent);
    }
}
