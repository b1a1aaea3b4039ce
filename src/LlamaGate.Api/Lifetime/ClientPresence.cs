namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Tells a caller who left from one who has everything. The connection alone cannot: some clients close it as soon as
/// they have read <c>[DONE]</c>, while the gateway is still on its way out of the request.
/// </summary>
internal static class ClientPresence
{
    private static readonly object Answered = new();

    /// <summary>The last byte that matters has been written; a client that leaves now has its answer.</summary>
    public static void MarkAnswered(this HttpContext context) => context.Items[Answered] = Answered;

    public static bool HasClientLeft(this HttpContext context) =>
        context.RequestAborted.IsCancellationRequested && !context.Items.ContainsKey(Answered);
}
