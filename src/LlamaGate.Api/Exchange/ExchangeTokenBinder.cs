using LlamaGate.Api.Lifetime;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LlamaGate.Api.Exchange;

/// <summary>
/// Gives actions a token that fires when the client leaves and when a shutdown's deadline is over. Not RequestAborted itself: by
/// that the framework tells a client who left, and a drained one must still get its answer.
/// </summary>
internal sealed class ExchangeTokenBinder(Drain drain) : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(CancellationToken) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var http = bindingContext.HttpContext;
        var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, drain.Deadline);
        http.Response.RegisterForDispose(ends);
        bindingContext.Result = ModelBindingResult.Success(ends.Token);
        return Task.CompletedTask;
    }
}
