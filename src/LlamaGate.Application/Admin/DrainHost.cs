using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin.Contracts;
using MediatR;

namespace LlamaGate.Application.Admin;

/// <summary>A host finishes its calls and gets no new ones.</summary>
/// <param name="KeyId">The id of the admin key.</param>
public sealed record DrainHostCommand(string KeyId, ChangeTarget Body) : IRequest<AdminDone>, IValidatedRequest<ChangeTarget>;

internal sealed class DrainHostHandler(ISharedHosts hosts, AdminChangeLog log) : IRequestHandler<DrainHostCommand, AdminDone>
{
    public async Task<AdminDone> Handle(DrainHostCommand request, CancellationToken cancellationToken) =>
        log.Record(request.KeyId, "drain", request.Body, await hosts.SetDrainingAsync(request.Body.Host!, isDraining: true, cancellationToken));
}
