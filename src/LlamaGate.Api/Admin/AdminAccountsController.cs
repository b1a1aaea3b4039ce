using LlamaGate.Api.Accounts;
using LlamaGate.Api.Authentication;
using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Application.Admin;
using LlamaGate.Application.Admin.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Admin;

/// <summary>Keys, and what they have used, for administrators.</summary>
[AdminOnly, Speaks<AdminFields>]
internal sealed class AdminAccountsController(IMediator mediator) : ControllerBase
{
    [HttpGet(Routes.AdminUsage), DescribedBy<AdminUsagePage>, ProducesResponseType<UsageReport>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ReportUsage(
        [FromQuery] string? from, [FromQuery] string? to, [FromQuery] string? by, [FromQuery] string? format, CancellationToken cancellationToken)
    {
        UsageAnswer.CheckFormat(format);
        var report = await mediator.Send(new GetAdminUsageQuery(from, to, by), cancellationToken);
        var answer = UsageAnswer.Of(report, format);
        if (answer is ContentResult)
        {
            var (first, last) = (UsageQueryText.Of(report.Query.From), UsageQueryText.Of(report.Query.To));
            Response.Headers.ContentDisposition = $"attachment; filename=\"usage-{first}-{last}.csv\"";
        }

        return answer;
    }

    [HttpGet(Routes.AdminKeys), DescribedBy<AdminKeysPage>, ProducesResponseType<AdminKeyList>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ListKeys(CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new ListAdminKeysQuery(), cancellationToken));
}
