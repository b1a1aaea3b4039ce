using LlamaGate.Application.Accounts;
using LlamaGate.Application.Accounts.Contracts;
using MediatR;

namespace LlamaGate.Application.Admin;

/// <summary>Who used how much in a period.</summary>
/// <param name="From">The first UTC day; null = 30 days up to the last one.</param>
/// <param name="To">The last UTC day; null = today.</param>
/// <param name="By">By what to sum up; null = key.</param>
public sealed record GetAdminUsageQuery(string? From, string? To, string? By) : IRequest<UsageReport>;

internal sealed class GetAdminUsageHandler(UsageReports reports) : IRequestHandler<GetAdminUsageQuery, UsageReport>
{
    public Task<UsageReport> Handle(GetAdminUsageQuery request, CancellationToken cancellationToken) =>
        reports.ReadAsync(request.From, request.To, request.By, keyId: null, cancellationToken);
}
