using LlamaGate.Api.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace LlamaGate.Api.Mvc;

/// <summary>
/// MVC reduced to what this product uses: one JSON format, no forms, no validation of its own, tokens that include shutdown. It runs
/// last, because MVC's own setup would add again what was removed before it.
/// </summary>
internal sealed class MvcSetup : IPostConfigureOptions<MvcOptions>
{
    public void PostConfigure(string? name, MvcOptions options)
    {
        options.ValueProviderFactories.Clear();
        options.ValueProviderFactories.Add(new RouteParameters());
        options.ValueProviderFactories.Add(new QueryStringValueProviderFactory());
        options.ModelValidatorProviders.Clear();
        options.Filters.Clear();
        options.ModelBinderProviders.Insert(0, new RequestTokenBinder());
        options.UseContracts();
    }
}
