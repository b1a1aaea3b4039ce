using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin.Contracts;
using MediatR;

namespace LlamaGate.Application.Admin;

/// <summary>A host that was drained gets calls again.</summary>
/// <param name="KeyId">The id of the admin key.</param>
public sealed record ResumeHostCommand(string KeyId, ChangeTarget Body) : IRequest<AdminDone>, IValidatedRequest<ChangeTarget>;

internal sealed class ResumeHostHandler(ISharedHosts hosts, AdminChangeLog log) : IRequestHandler<ResumeHostCommand, AdminDone>
{
    public async Task<AdminDone> Handle(ResumeHostCommand request, CancellationToken cancellationToken) =>
        log.Record(request.KeyId, "resume", request.Body, await hosts.SetDrainingAsync(request.Body.Host!, isDraining: false, cancellationToken));
}
