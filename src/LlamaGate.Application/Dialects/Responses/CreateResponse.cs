using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Responses.Contracts;
using MediatR;

namespace LlamaGate.Application.Responses;

/// <summary>Asks a model and waits for the whole response.</summary>
public sealed record CreateResponseCommand(CreateResponseRequest Body)
    : IRequest<ResponseObject>, IValidatedRequest<CreateResponseRequest>, IDescribedRequest, ICacheableRequest<ResponseObject>
{
    string? IDescribedRequest.Model => Body.Model;

    bool IDescribedRequest.IsStream => false;

    IReadOnlyList<string> IDescribedRequest.IgnoredFields => ResponseIgnoredFields.Of(Body);

    string ICacheableRequest<ResponseObject>.ComputeCacheKey() => ResponseCacheKey.Of(Body);

    long ICacheableRequest<ResponseObject>.SizeOf(ResponseObject response) => ResponseCacheKey.SizeOf(response);
}

internal sealed class CreateResponseHandler(ResponseQuestions questions, TimeProvider timeProvider, ExchangeFacts facts)
    : IRequestHandler<CreateResponseCommand, ResponseObject>
{
    public async Task<ResponseObject> Handle(CreateResponseCommand request, CancellationToken cancellationToken)
    {
        var template = ResponseTemplate.Of(request.Body, timeProvider.GetUtcNow().ToUnixTimeSeconds());
        var question = await questions.CreateAsync(request.Body, cancellationToken);
        var answer = await questions.AskAsync(question, cancellationToken);
        facts.Timings = answer.Timings;
        var sequence = new ResponseEventSequence(template with { IgnoredFields = facts.IgnoredFields }, question.Form, output: []);
        sequence.Append(answer);
        return sequence.End(answer.FinishReason, answer.Usage, timeProvider.GetUtcNow().ToUnixTimeSeconds());
    }
}
