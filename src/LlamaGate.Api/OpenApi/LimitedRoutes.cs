using LlamaGate.Api.Routing;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace LlamaGate.Api.OpenApi;

internal static class LimitedRoutes
{
    /// <summary>The limit, and the errors that come with asking Ollama, hold for all under /v1 and /api.</summary>
    public static bool IsLimited(this ApiDescription api) => Routes.IsLimited($"/{api.RelativePath}");
}
