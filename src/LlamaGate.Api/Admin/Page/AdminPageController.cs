using LlamaGate.Api.Routing;
using LlamaGate.Api.WebPages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Admin.Page;

/// <summary>
/// The administration's page, for browsers. Open without a key, because the page itself takes the key and sends it with each request to
/// the API. Without any admin key <see cref="AdminMiddleware"/> lets nothing through to here.
/// </summary>
[AllowAnonymous, ApiExplorerSettings(IgnoreApi = true)]
internal sealed class AdminPageController : ControllerBase
{
    [HttpGet(Routes.Admin)]
    public Task Page() =>
        Request.Path.Value!.EndsWith('/') ? LeadToPlainPath() : WebFileAnswer.WriteAsync(HttpContext, AdminPageFiles.Page);

    [HttpGet(Routes.AdminAssets)]
    public Task Asset(string name)
    {
        if (AdminPageFiles.FindAsset(name) is { } file)
        {
            return WebFileAnswer.WriteAsync(HttpContext, file);
        }

        Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>The page's links are relative, so that it also works behind a proxy that adds a path.</summary>
    private Task LeadToPlainPath()
    {
        Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        Response.Headers.Location = $"..{Routes.Admin}";
        return Task.CompletedTask;
    }
}
