using LlamaGate.Api.Routing;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace LlamaGate.Api.OpenApi;

internal static class LimitedRoutes
{
    /// <summary>The rate limit, and the errors of calls to Ollama, apply to everything under /v1 and /api.</summary>
    public static bool IsLimited(this ApiDescription api) => Routes.IsLimited($"/{api.RelativePath}");
}
