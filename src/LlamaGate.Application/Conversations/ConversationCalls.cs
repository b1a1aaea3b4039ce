using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>The upstream calls of one batch, planned when they are opened.</summary>
internal sealed class ConversationCalls(
    ConversationBatch batch, RequestContext context, IConversationClient client, IModelCatalogue models)
{
    /// <summary>Maximum number of concurrent calls per batch, so that it leaves room for others.</summary>
    private const int MaxAtOnce = 8;

    public ConversationBatch Batch => batch;

    /// <summary>No more than may wait, so that the calls of a request never have to be refused because of each other.</summary>
    private int CallsAtOnce => Math.Clamp(context.Caller.Policy.MaxWaiting, 1, MaxAtOnce);

    /// <summary>Parts of the request that have no effect; known once the calls are open.</summary>
    public IReadOnlyList<RequestField> Ignored { get; private set; } = [];

    /// <summary>Nothing is sent before the updates are enumerated, except a look-up of the model's capabilities.</summary>
    public ValueTask<IAsyncEnumerator<ConversationUpdate>> OpenAsync(CancellationToken cancellationToken) =>
        batch.Requests[0] is { IsThinkOptional: true, Think: not null } || OptionalImages.Has(batch)
            ? new(OpenCheckedAsync(cancellationToken))
            : new(Open(batch, cancellationToken));

    private async Task<IAsyncEnumerator<ConversationUpdate>> OpenCheckedAsync(CancellationToken cancellationToken)
    {
        var capabilities = await models.GetCapabilitiesAsync(batch.Model, context, cancellationToken);
        var planned = batch;
        if (capabilities.CanThink is false && batch.Requests[0] is { IsThinkOptional: true, Think: { } asked })
        {
            // A model that cannot think does what was asked when it was asked not to.
            Ignored = asked is ThinkLevel.Off ? [] : [RequestField.Effort];
            planned = planned with { Requests = [.. planned.Requests.Select(request => request with { Think = null })] };
        }

        if (capabilities.CanSee is false && OptionalImages.Has(batch))
        {
            Ignored = [.. Ignored, RequestField.ToolImages];
            planned = OptionalImages.LeaveOut(planned);
        }

        return Open(planned, cancellationToken);
    }

    /// <summary>Nearly all requests make one call: its updates need no further step.</summary>
    private IAsyncEnumerator<ConversationUpdate> Open(ConversationBatch planned, CancellationToken cancellationToken)
    {
        var updates = planned.Calls == 1
            ? Stream(planned, 0, cancellationToken)
            : FanOut.MergeAsync(planned.Calls, CallsAtOnce, (call, token) => Stream(planned, call, token), cancellationToken);
        return updates.GetAsyncEnumerator(cancellationToken);
    }

    private static async IAsyncEnumerable<ConversationUpdate> EmptyAsync()
    {
        await Task.CompletedTask;
        yield return new ConversationUpdate { IsDone = true, FinishReason = FinishReason.Stop, Usage = new TokenUsage(0, 0) };
    }

    private IAsyncEnumerable<ConversationUpdate> Stream(ConversationBatch planned, int call, CancellationToken cancellationToken)
    {
        if (planned.IsUnasked)
        {
            return EmptyAsync();
        }

        var request = planned.ForCall(call);
        if (request.Prompt is not ChatPrompt { MustCall: true } prompt)
        {
            return client.StreamAsync(request, call, context, cancellationToken);
        }

        var constrained = request with { Prompt = RequiredToolCall.Constrain(prompt) };
        return RequiredToolCall.ReadAsync(
            client.StreamAsync(constrained, call, context, cancellationToken), prompt.Tools, cancellationToken);
    }
}
