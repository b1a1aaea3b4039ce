using LlamaGate.Api.Routing;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace LlamaGate.Api.OpenApi;

/// <summary>What an operation's route implies.</summary>
internal static class DescribedRoutes
{
    /// <summary>The rate limit applies to everything under /v1, /api and /admin/api.</summary>
    public static bool IsLimited(this ApiDescription api) => Routes.IsLimited($"/{api.RelativePath}");

    public static bool IsAdmin(this ApiDescription api) => Routes.IsAdmin($"/{api.RelativePath}");

    public static bool IsAdminChange(this ApiDescription api) => api.IsAdmin() && api.HttpMethod == HttpMethods.Post;
}
