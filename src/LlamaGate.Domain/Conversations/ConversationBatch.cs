using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Conversations;

/// <summary>
/// All generations of one request. Call <c>c</c> of request <c>r</c> has the number <c>r · Candidates + c</c>. If there is no selection
/// among candidates, this is also the index of the answer's choice.
/// </summary>
/// <param name="Requests">1 or more, all for the same model.</param>
/// <param name="Choices">Answers to each request, 1 or more.</param>
/// <param name="Candidates">Generations for each request; the best <paramref name="Choices"/> of them are returned.</param>
public sealed record ConversationBatch(IReadOnlyList<ConversationRequest> Requests, int Choices, int Candidates)
{
    /// <summary>One request, answered <paramref name="choices"/> times.</summary>
    public ConversationBatch(ConversationRequest request, int choices = 1)
        : this([request], choices, choices)
    {
    }

    public string Model => Requests[0].Model;

    /// <summary>The answer is empty by its nature: no model is asked.</summary>
    public bool IsUnasked { get; private init; }

    /// <summary>Number of upstream calls.</summary>
    public int Calls => Requests.Count * Candidates;

    /// <summary>The model would give the same answers again.</summary>
    public bool IsDeterministic => Requests.All(request => request.Options.IsDeterministic);

    /// <summary>A request that no model can be asked for the caller's sake.</summary>
    public static ConversationBatch Unasked(string model) =>
        new(new ConversationRequest(model, new ChatPrompt([]), new GenerationOptions())) { IsUnasked = true };

    /// <summary>The index of the request that a call belongs to.</summary>
    public int RequestOf(int call) => call / Candidates;

    /// <summary>The request that a call sends. Equal seeds would give equal answers, so each candidate gets the next seed.</summary>
    public ConversationRequest ForCall(int call)
    {
        var request = Requests[RequestOf(call)];
        var candidate = call % Candidates;
        return candidate > 0 && request.Options.Seed is { } seed
            ? request with { Options = request.Options with { Seed = unchecked(seed + candidate) } }
            : request;
    }
}
