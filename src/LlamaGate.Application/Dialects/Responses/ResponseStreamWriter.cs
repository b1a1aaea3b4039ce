using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>
/// The domain's updates → OpenAI's named events in OpenAI's order. Items follow one another: what comes next closes what was
/// open. The last event says how the response ended; there is no <c>[DONE]</c>.
/// </summary>
public sealed class ResponseStreamWriter : IStreamWriter
{
    /// <summary>Of OpenAI's closed list, where none fits better; the precise one is in the error event.</summary>
    private const string FailureCode = "server_error";

    private readonly ResponseHistory _history;
    private readonly TimeProvider _timeProvider;
    private readonly ResponseObject _begun;
    private readonly ResponseEvents _events = new();
    private readonly ResponseTextEvents _texts;
    private CallLimit _calls;
    private bool _isStarted;
    private bool _hasUnscoredThinking;

    /// <param name="request">Valid.</param>
    /// <param name="history">Of the request; it keeps the response.</param>
    public ResponseStreamWriter(CreateResponseRequest request, ResponseHistory history, TimeProvider timeProvider)
    {
        _history = history;
        _timeProvider = timeProvider;
        _begun = ResponseWriter.Begin(request, history, timeProvider);
        _texts = new ResponseTextEvents(_events, ResponseInclude.Has(request, ResponseInclude.Thoughts));
        _calls = new CallLimit(request.ParallelToolCalls is false);
    }

    public void Write(SseWriter output, ConversationUpdate update)
    {
        Start(output);
        WriteText(output, update);
        foreach (var call in _calls.Take(update.ToolCalls))
        {
            _texts.Close(output, ResponseObject.Completed);
            ResponseCallEvents.Write(_events, output, call, _history.Tools.Find(call.Name), IsCut(update));
        }

        if (update.IsDone)
        {
            WriteLast(output, update);
        }
    }

    public void WriteEnd(SseWriter output)
    {
        // The last update has written the last event.
    }

    /// <summary>An event, since comments do not reset the idle timers of clients: they would send the request again while the model still loads.</summary>
    public void WriteKeepAlive(SseWriter output)
    {
        if (!Start(output))
        {
            SendBegun(output, ResponseStreamEvent.InProgress);
        }
    }

    public void WriteQueueNotice(SseWriter output, string comment)
    {
        output.WriteComment(comment);
        WriteKeepAlive(output);
    }

    /// <summary><c>response.failed</c> with the items so far, and <c>error</c>, at which the official clients throw.</summary>
    public void WriteFailure(SseWriter output, DialectError error)
    {
        if (_isStarted)
        {
            var failed = _begun with
            {
                Status = ResponseObject.Failed,
                Error = new ResponseError(CodeOf(error), error.Message),
                Output = _events.Items,
            };
            ResponseEvents.Send(output, _events.Event(ResponseStreamEvent.Failed) with { Response = failed });
        }

        _events.SendError(output, error);
    }

    private static string CodeOf(DialectError error) =>
        error.Code is "context_length_exceeded" or "rate_limit_exceeded" or "insufficient_quota" ? error.Code : FailureCode;

    private static bool IsCut(ConversationUpdate update) => update.FinishReason == FinishReason.Length;

    /// <summary>Writes the two events at a stream's beginning; false when they are out.</summary>
    private bool Start(SseWriter output)
    {
        if (_isStarted)
        {
            return false;
        }

        _isStarted = true;
        SendBegun(output, ResponseStreamEvent.Created);
        SendBegun(output, ResponseStreamEvent.InProgress);
        return true;
    }

    /// <summary>Without what the caller sent itself: a coding agent's tools are larger than most answers.</summary>
    private void SendBegun(SseWriter output, string type) =>
        ResponseEvents.Send(output, _events.Event(type) with { Response = _begun with { Tools = [], Instructions = null } });

    private void WriteText(SseWriter output, ConversationUpdate update)
    {
        if (update.Thinking is { Length: > 0 } thinking)
        {
            _texts.Think(output, thinking);
        }

        // Log probabilities may come with no text (a token held back): they must not get lost.
        var logprobs = ToLogprobs(update);
        if (update.Content.Length > 0 || (logprobs.Count > 0 && _texts.HasMessage))
        {
            _texts.Say(output, update.Content, logprobs);
        }
    }

    private void WriteLast(SseWriter output, ConversationUpdate update)
    {
        var isCut = IsCut(update);
        if (!isCut && !_texts.HasMessage && _events.Items.TrueForAll(item => item is ResponseReasoningItem))
        {
            // An answer is there, if an empty one.
            _texts.OpenMessage(output);
        }

        _texts.Close(output, ResponseObject.EndStatus(isCut));
        var response = ResponseWriter.End(_begun, _events.Items, update.FinishReason, update.Usage, _timeProvider);
        _history.Keep(response);
        ResponseEvents.Send(
            output,
            _events.Event(isCut ? ResponseStreamEvent.Incomplete : ResponseStreamEvent.Completed) with { Response = response });
    }

    /// <summary>The log probabilities of thinking have no place in a response.</summary>
    private IReadOnlyList<ChatTokenLogprob> ToLogprobs(ConversationUpdate update)
    {
        var isThinking = !string.IsNullOrEmpty(update.Thinking);
        // A cached answer has all tokens with the content.
        _hasUnscoredThinking |= isThinking && update.Logprobs is null;
        if (update.Logprobs is not { } tokens || (isThinking && update.Content.Length == 0))
        {
            return [];
        }

        return TokenLogprobs.ToWire(isThinking || _hasUnscoredThinking ? ContentTokens.Of(tokens, update.Content) : tokens)!;
    }
}
