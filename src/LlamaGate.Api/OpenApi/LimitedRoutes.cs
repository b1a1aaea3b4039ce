using LlamaGate.Api.Routing;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace LlamaGate.Api.OpenApi;

internal static class LimitedRoutes
{
    /// <summary>The limit and the errors of OpenAI's API hold for all under /v1.</summary>
    public static bool IsLimited(this ApiDescription api) => Routes.IsLimited($"/{api.RelativePath}");
}
