using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Domain.Errors;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Accounts;

/// <summary>The formats in which a report of usage is sent.</summary>
internal static class UsageAnswer
{
    private const string Json = "json";
    private const string Csv = "csv";

    /// <summary>Before the report is made, which costs more.</summary>
    /// <exception cref="GatewayException">There is no such format.</exception>
    public static void CheckFormat(string? format)
    {
        if (format is not (null or "" or Json or Csv))
        {
            throw new GatewayException(GatewayError.InvalidRequest, "format must be json or csv.") { Path = nameof(format) };
        }
    }

    public static IActionResult Of(UsageReport report, string? format) => format is Csv
        ? new ContentResult { Content = UsageCsv.Write(report), ContentType = UsageCsv.MediaType }
        : new OkObjectResult(report);
}
