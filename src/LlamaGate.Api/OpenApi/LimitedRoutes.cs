using LlamaGate.Api.Routing;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace LlamaGate.Api.OpenApi;

internal static class LimitedRoutes
{
    /// <summary>The rate limit applies to everything under /v1, /api and /admin/api.</summary>
    public static bool IsLimited(this ApiDescription api) => Routes.IsLimited($"/{api.RelativePath}");

    public static bool IsAdmin(this ApiDescription api) => Routes.IsAdmin($"/{api.RelativePath}");
}
