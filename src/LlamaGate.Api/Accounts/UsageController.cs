using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Accounts;
using LlamaGate.Application.Accounts.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Accounts;

/// <summary>What a caller has used.</summary>
[Speaks<UsageFields>]
internal sealed class UsageController(IMediator mediator) : ControllerBase
{
    [HttpGet(Routes.Usage), DescribedBy<UsagePage>, ProducesResponseType<UsageReport>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Report(
        [FromQuery] string? from, [FromQuery] string? to, [FromQuery] string? by, [FromQuery] string? format, CancellationToken cancellationToken)
    {
        UsageAnswer.CheckFormat(format);
        var report = await mediator.Send(new GetUsageQuery(from, to, by, HttpContext.ToRequestContext()), cancellationToken);
        return UsageAnswer.Of(report, format);
    }
}
