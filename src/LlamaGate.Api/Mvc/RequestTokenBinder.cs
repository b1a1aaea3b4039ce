using LlamaGate.Api.Lifetime;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LlamaGate.Api.Mvc;

/// <summary>Binds actions' tokens to the one that ends their request, <see cref="RunningRequest.Ends"/>.</summary>
internal sealed class RequestTokenBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(CancellationToken) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var running = bindingContext.HttpContext.Features.GetRequiredFeature<RunningRequest>();
        bindingContext.Result = ModelBindingResult.Success(running.Ends);
        return Task.CompletedTask;
    }
}
