using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Completions;

namespace LlamaGate.Application.Completions;

/// <summary>What is to be asked upstream: each prompt as often as there are candidates. Call c of prompt i is number i·candidates+c.</summary>
/// <param name="Prompts">One request for each prompt.</param>
/// <param name="Choices">Answers to give to each prompt.</param>
/// <param name="Candidates">Answers to make of each prompt; <paramref name="Choices"/> or more.</param>
internal sealed record CompletionQuestion(IReadOnlyList<GenerateRequest> Prompts, int Choices, int Candidates)
{
    /// <summary>Most upstream calls of one request at the same time, so that it leaves room for others.</summary>
    private const int MostAtOnce = 8;

    private int Calls => Prompts.Count * Candidates;

    /// <summary>Asks all and waits for the whole answers, in the order of their numbers.</summary>
    public async Task<IReadOnlyList<GenerateUpdate>> AskAsync(ICompletionClient client, CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(MostAtOnce);
        return await FanOut.AllAsync(Calls, AskOneAsync, cancellationToken);

        async Task<GenerateUpdate> AskOneAsync(int call, CancellationToken token)
        {
            await turns.WaitAsync(token);
            try
            {
                return await client.GenerateAsync(Request(call), token);
            }
            finally
            {
                turns.Release();
            }
        }
    }

    /// <summary>Asks all as streams and gives each piece with its call's number as it comes.</summary>
    public async IAsyncEnumerable<(int Call, GenerateUpdate Update)> StreamAsync(
        ICompletionClient client, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(MostAtOnce);
        var updates = FanOut.MergeAsync(
            Calls, (call, token) => InTurnAsync(turns, client.StreamGenerateAsync(Request(call), token), token), cancellationToken);
        await foreach (var update in updates)
        {
            yield return update;
        }
    }

    /// <summary>The prompt that a call asks.</summary>
    public int PromptOf(int call) => call / Candidates;

    private static async IAsyncEnumerable<GenerateUpdate> InTurnAsync(
        SemaphoreSlim turns, IAsyncEnumerable<GenerateUpdate> updates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            await foreach (var update in updates.WithCancellation(cancellationToken))
            {
                yield return update;
            }
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>Equal seeds would give equal answers, so each answer to a prompt has the next one.</summary>
    private GenerateRequest Request(int call)
    {
        var request = Prompts[PromptOf(call)];
        var candidate = call % Candidates;
        return candidate > 0 && request.Options.Seed is { } seed
            ? request with { Options = request.Options with { Seed = unchecked(seed + candidate) } }
            : request;
    }
}
