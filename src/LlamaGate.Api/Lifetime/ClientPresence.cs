namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Distinguishes a client that disconnected early from one that has the whole answer. The connection alone is not enough: some
/// clients close it as soon as they have read <c>[DONE]</c>, while the gateway is still finishing the request.
/// </summary>
internal static class ClientPresence
{
    private static readonly object Answered = new();

    /// <summary>The last byte that matters has been written; a client that disconnects now has its answer.</summary>
    public static void MarkAnswered(this HttpContext context) => context.Items[Answered] = Answered;

    public static bool HasClientLeft(this HttpContext context) =>
        context.RequestAborted.IsCancellationRequested && !context.Items.ContainsKey(Answered);

    /// <summary>For logs and traces: the answer's status, or 499 if the client left before it had the whole answer.</summary>
    public static int FinalStatus(this HttpContext context) =>
        context.HasClientLeft() ? StatusCodes.Status499ClientClosedRequest : context.Response.StatusCode;
}
