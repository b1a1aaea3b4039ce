using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace LlamaGate.Api.OpenApi;

internal static class Routes
{
    /// <summary>The limit and the errors of OpenAI's API hold for all under /v1.</summary>
    public static bool IsLimited(ApiDescription api) => api.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) is true;
}
