using LlamaGate.Application.Admin.Contracts;
using MediatR;

namespace LlamaGate.Application.Admin;

/// <summary>What hosts, queue, accounts and loads are like now. There is nothing to validate.</summary>
/// <param name="KeyId">The id of the admin key.</param>
public sealed record GetAdminStatusQuery(string KeyId) : IRequest<AdminStatus>;

internal sealed class GetAdminStatusHandler(StatusReading reading) : IRequestHandler<GetAdminStatusQuery, AdminStatus>
{
    public async Task<AdminStatus> Handle(GetAdminStatusQuery request, CancellationToken cancellationToken) =>
        await reading.ReadAsync(cancellationToken) with { Key = request.KeyId };
}
