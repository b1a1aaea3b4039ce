using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Errors;
using MediatR;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Looks for a response that was given before. There never is one: nothing is stored.</summary>
/// <param name="Id">What the response was called.</param>
public sealed record FindResponseQuery(string Id) : IRequest<ResponseObject>;

internal sealed class FindResponseHandler : IRequestHandler<FindResponseQuery, ResponseObject>
{
    public Task<ResponseObject> Handle(FindResponseQuery request, CancellationToken cancellationToken) =>
        throw new GatewayException(
            GatewayError.NotFound,
            $"There is no response '{request.Id}': this gateway is stateless and stores no responses.")
        {
            Path = "response_id",
        };
}
