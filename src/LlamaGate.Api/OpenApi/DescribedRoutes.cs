using LlamaGate.Api.Authentication;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Routing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace LlamaGate.Api.OpenApi;

/// <summary>What an operation's route implies.</summary>
internal static class DescribedRoutes
{
    /// <summary>The rate limit applies to everything under /v1, /api and /admin/api.</summary>
    public static bool IsLimited(this ApiDescription api) => Routes.IsLimited($"/{api.RelativePath}");

    public static bool IsAdmin(this ApiDescription api) => Routes.IsAdmin($"/{api.RelativePath}");

    public static bool IsAdminChange(this ApiDescription api) => api.IsAdmin() && api.HttpMethod == HttpMethods.Post;

    /// <summary>Never needs a key.</summary>
    public static bool IsPublic(this ApiDescription api) => api.Find<IAllowAnonymous>() is not null;

    public static bool IsOpenToThisMachine(this ApiDescription api) => api.Find<OpenToThisMachineAttribute>() is not null;

    public static bool SpeaksAnthropic(this ApiDescription api) => api.Find<SpeaksAttribute>()?.Errors is AnthropicErrorDialect;

    /// <summary>The metadata of its endpoint.</summary>
    public static T? Find<T>(this ApiDescription api)
        where T : class => api.ActionDescriptor.EndpointMetadata.OfType<T>().FirstOrDefault();
}
