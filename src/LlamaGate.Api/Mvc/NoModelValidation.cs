using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace LlamaGate.Api.Mvc;

/// <summary>
/// Turns MVC's own validation off: bodies are validated once, behind the mediator, with errors in the one
/// format. MVC's traversal of the object graph would cost time and answer differently.
/// </summary>
internal sealed class NoModelValidation : IObjectModelValidator
{
    public void Validate(
        ActionContext actionContext, ValidationStateDictionary? validationState, string prefix, object? model)
    {
    }
}
