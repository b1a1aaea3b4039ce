using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LlamaGate.Api.Mvc;

/// <summary>
/// The parameters of a route, for an action that has some. Most have none but a body; MVC would look through the names of controller and
/// action for it all the same.
/// </summary>
internal sealed class RouteParameters : IValueProviderFactory
{
    private readonly RouteValueProviderFactory _values = new();

    public Task CreateValueProviderAsync(ValueProviderFactoryContext context) =>
        context.ActionContext.RouteData.Values.Count > context.ActionContext.ActionDescriptor.RouteValues.Count
            ? _values.CreateValueProviderAsync(context)
            : Task.CompletedTask;
}
