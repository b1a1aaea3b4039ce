using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat;
using LlamaGate.Application.Responses.Contracts;
using MediatR;

namespace LlamaGate.Application.Responses;

/// <summary>Asks a model and hands on its response event by event.</summary>
public sealed record StreamResponseCommand(CreateResponseRequest Body)
    : IRequest<IAsyncEnumerable<ResponseStreamEvent>>, IValidatedRequest<CreateResponseRequest>, IDescribedRequest,
        IReplayableRequest<ResponseStreamEvent, ResponseObject>
{
    string? IDescribedRequest.Model => Body.Model;

    bool IDescribedRequest.IsStream => true;

    IReadOnlyList<string> IDescribedRequest.IgnoredFields => ResponseIgnoredFields.Of(Body);

    string ICacheableRequest<ResponseObject>.ComputeCacheKey() => ResponseCacheKey.Of(Body);

    long ICacheableRequest<ResponseObject>.SizeOf(ResponseObject response) => ResponseCacheKey.SizeOf(response);

    IEnumerable<ResponseStreamEvent> IReplayableRequest<ResponseStreamEvent, ResponseObject>.Replay(ResponseObject answer) =>
        ResponseReplay.ToEvents(answer);

    IStreamAssembler<ResponseStreamEvent, ResponseObject> IReplayableRequest<ResponseStreamEvent, ResponseObject>.CreateAssembler() =>
        new ResponseAssembler();
}

internal sealed class StreamResponseHandler(ResponseQuestions questions, TimeProvider timeProvider, ExchangeFacts facts)
    : IRequestHandler<StreamResponseCommand, IAsyncEnumerable<ResponseStreamEvent>>
{
    public async Task<IAsyncEnumerable<ResponseStreamEvent>> Handle(
        StreamResponseCommand request, CancellationToken cancellationToken)
    {
        var template = ResponseTemplate.Of(request.Body, timeProvider.GetUtcNow().ToUnixTimeSeconds());
        var question = await questions.CreateAsync(request.Body, cancellationToken);
        return StreamAsync(template with { IgnoredFields = facts.IgnoredFields }, question, cancellationToken);
    }

    private async IAsyncEnumerable<ResponseStreamEvent> StreamAsync(
        ResponseObject template, ChatQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = new List<ResponseStreamEvent>();
        var sequence = new ResponseEventSequence(template, question.Form, events);
        var started = false;
        await foreach (var update in questions.StreamAsync(question, cancellationToken))
        {
            if (!started)
            {
                // Not before the upstream has answered: an early failure keeps its status.
                started = true;
                sequence.Start();
            }

            facts.Usage = update.Usage ?? facts.Usage;
            facts.Timings ??= update.Timings;
            sequence.Append(update);
            if (update.IsDone)
            {
                sequence.End(update.FinishReason, update.Usage, timeProvider.GetUtcNow().ToUnixTimeSeconds());
            }

            foreach (var next in events)
            {
                yield return next;
            }

            events.Clear();
        }
    }
}
