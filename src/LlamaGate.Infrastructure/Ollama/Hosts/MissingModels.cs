using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>Adds advice to the error for a model that Ollama does not have. It names no model that the caller may not use.</summary>
internal sealed class MissingModels(IModelCatalogue catalogue, TimeProvider timeProvider)
{
    /// <summary>Ollama's own advice, which is replaced by a better one.</summary>
    private const string OwnRemedy = ", try pulling it first";

    /// <summary>Maximum wait for the list of models, which delays the caller's error.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>The same error with advice. It never fails: without a list no model is suggested.</summary>
    public async Task<GatewayException> ExplainAsync(
        GatewayException missing, string model, RequestContext context, CancellationToken cancellationToken)
    {
        var models = await ListAsync(context, cancellationToken);
        var nearest = MissingModel.FindNearest(model, context.Caller.Policy.Models.Among(models));
        var said = missing.Message.Replace(OwnRemedy, "", StringComparison.Ordinal);
        return new GatewayException(missing.Error, $"{said}. {MissingModel.Remedy(model, nearest)}", missing.InnerException)
        {
            Field = missing.Field,
            Suggestion = nearest is null ? null : new ModelSuggestion(nearest, $"{said}. {MissingModel.Remedy(model, nearest: null)}"),
            LogDetail = missing.LogDetail,
        };
    }

    private async Task<IReadOnlyList<ModelInfo>> ListAsync(RequestContext context, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await catalogue.ListAsync(context, ending.Token);
        }
        catch (Exception exception) when (exception is GatewayException or OperationCanceledException)
        {
            return [];
        }
    }
}
