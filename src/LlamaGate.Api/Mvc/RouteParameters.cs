using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LlamaGate.Api.Mvc;

/// <summary>
/// The parameters of a route, for actions that have some. Most actions have only a body, but MVC would still search the names of controller
/// and action for parameters.
/// </summary>
internal sealed class RouteParameters : IValueProviderFactory
{
    private readonly RouteValueProviderFactory _values = new();

    public Task CreateValueProviderAsync(ValueProviderFactoryContext context) =>
        context.ActionContext.RouteData.Values.Count > context.ActionContext.ActionDescriptor.RouteValues.Count
            ? _values.CreateValueProviderAsync(context)
            : Task.CompletedTask;
}
