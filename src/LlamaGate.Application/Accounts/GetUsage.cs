using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Domain.Accounts;
using MediatR;

namespace LlamaGate.Application.Accounts;

/// <summary>What the caller's own key has used in a period; callers without a key share one account. The handler checks its parts.</summary>
/// <param name="From">The first UTC day; null = 30 days up to the last one.</param>
/// <param name="To">The last UTC day; null = today.</param>
/// <param name="By">By what to sum up; null = day.</param>
public sealed record GetUsageQuery(string? From, string? To, string? By, RequestContext Context) : IRequest<UsageReport>;

internal sealed class GetUsageHandler(UsageReports reports) : IRequestHandler<GetUsageQuery, UsageReport>
{
    public Task<UsageReport> Handle(GetUsageQuery request, CancellationToken cancellationToken)
    {
        var by = string.IsNullOrEmpty(request.By) ? UsageQueryText.NameOf(UsageGroup.Day) : request.By;
        return reports.ReadAsync(request.From, request.To, by, request.Context.Caller.Id, cancellationToken);
    }
}
