using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using MediatR;

namespace LlamaGate.Application.Native;

/// <summary>Reads what Ollama says of itself: models, running models, version. It has no body, so there is nothing to validate.</summary>
public sealed record ReadNativeQuery(UpstreamEndpoint Endpoint, RequestContext Context) : IRequest<INativeAnswer>;

internal sealed class ReadNativeHandler(INativeClient native, ModelAliases aliases) : IRequestHandler<ReadNativeQuery, INativeAnswer>
{
    public async Task<INativeAnswer> Handle(ReadNativeQuery request, CancellationToken cancellationToken)
    {
        var access = request.Context.Caller.Policy.Models;
        var answer = await native.StartAsync(new UpstreamCall(request.Endpoint, request.Context), cancellationToken);
        return request.Endpoint is UpstreamEndpoint.Tags or UpstreamEndpoint.RunningModels && (aliases.Names.Count > 0 || !access.IsUnlimited)
            ? new RewrittenAnswer(answer, new ModelListRewriting(aliases, access))
            : answer;
    }
}
