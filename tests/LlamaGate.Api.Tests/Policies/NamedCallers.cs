using LlamaGate.Api.Authentication;
using LlamaGate.Domain.Callers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Policies;

/// <summary>Makes the caller whose id is the request's key the one who calls; without such a key, the first one.</summary>
internal sealed class NamedCallers(IReadOnlyList<Caller> callers) : IResourceFilter
{
    public static Action<WebApplicationBuilder> Are(params Caller[] callers) => builder =>
        builder.Services.PostConfigure<MvcOptions>(options => options.Filters.Add(new NamedCallers(callers)));

    /// <summary>A caller who may use these models.</summary>
    public static Caller Allowed(string id, params string[] models) =>
        new(id, new CallerPolicy(1_000_000) { Models = new ModelAccess(models) }) { HasKey = true };

    public static Caller Sharing(string id, CacheScope cache) => new(id, new CallerPolicy(1_000_000) { Cache = cache }) { HasKey = true };

    public static (string Name, string Value) Key(string id) => (PresentedKeys.HeaderName, id);

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var id = context.HttpContext.Request.Headers[PresentedKeys.HeaderName].ToString();
        context.HttpContext.Features.Set(callers.FirstOrDefault(caller => caller.Id == id) ?? callers[0]);
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
