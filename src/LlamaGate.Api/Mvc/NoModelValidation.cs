using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace LlamaGate.Api.Mvc;

/// <summary>
/// Switches MVC's own validation off: bodies are checked once, behind the mediator, with messages in the one error
/// shape. MVC's walk over the whole object graph would cost time and answer differently.
/// </summary>
internal sealed class NoModelValidation : IObjectModelValidator
{
    public void Validate(
        ActionContext actionContext, ValidationStateDictionary? validationState, string prefix, object? model)
    {
    }
}
