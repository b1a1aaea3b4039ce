using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin.Contracts;
using MediatR;

namespace LlamaGate.Application.Admin;

/// <summary>A call that waits or runs ends with an error.</summary>
/// <param name="KeyId">The id of the admin key.</param>
public sealed record CancelCallCommand(string KeyId, ChangeTarget Body) : IRequest<AdminDone>, IValidatedRequest<ChangeTarget>;

internal sealed class CancelCallHandler(ISharedHosts hosts, AdminChangeLog log) : IRequestHandler<CancelCallCommand, AdminDone>
{
    public async Task<AdminDone> Handle(CancelCallCommand request, CancellationToken cancellationToken) =>
        log.Record(request.KeyId, "cancel", request.Body, await hosts.CancelAsync(request.Body.Call!, cancellationToken));
}
