using LlamaGate.Domain.Errors;

namespace LlamaGate.Domain.Callers;

/// <summary>The answer to a request for a model that its caller may not use; the same whether or not there is such a model.</summary>
public static class ForbiddenModel
{
    /// <param name="model">The model's own name, as an alias resolves to it.</param>
    /// <param name="asked">The name as the caller wrote it.</param>
    /// <exception cref="GatewayException">The caller may not use the model.</exception>
    public static void ThrowUnlessAllowed(Caller caller, string model, string asked)
    {
        if (!caller.Policy.Models.Allows(model))
        {
            throw new GatewayException(
                GatewayError.ModelNotAllowed, $"You may not use the model '{asked}'. GET /v1/models lists those that you may use.")
            {
                Field = RequestField.Model,
            };
        }
    }
}
