using LlamaGate.Api.Exchange;
using LlamaGate.Api.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace LlamaGate.Api.Mvc;

/// <summary>MVC reduced to what this product uses: one JSON, no validation of its own, tokens that know of a shutdown.</summary>
internal sealed class MvcSetup(ExchangeTokenBinder tokens) : IConfigureOptions<MvcOptions>
{
    public void Configure(MvcOptions options)
    {
        options.ModelValidatorProviders.Clear();
        options.ModelBinderProviders.Insert(0, tokens);
        options.Filters.Add<ExchangeHeadersFilter>();
        options.UseContracts();
    }
}
