using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Sharing;

/// <summary>One side of a scenario: the upstream, and what the clients talk to.</summary>
/// <param name="server">The upstream itself, or the gateway before it.</param>
/// <param name="isOwned">False when the upstream ends the server.</param>
internal sealed class Stage(IUpstream upstream, Server server, bool isOwned) : IAsyncDisposable
{
    public IUpstream Upstream => upstream;

    public Server Server => server;

    public bool IsGateway => server.SpeaksOpenAI;

    public ChatClient Client { get; } = new(server);

    /// <summary>Has the model loaded, so that the scenario's first call does not pay for it, and counts from here.</summary>
    public async Task WarmUpAsync(string caller, CancellationToken cancellationToken)
    {
        var outcome = await Client.AskAsync(new ChatCall(caller, upstream.Models[0], 1), cancellationToken);
        if (outcome.Ending is not ChatEnding.Finished)
        {
            throw new InvalidOperationException($"The first call through {server.Label} was not answered: {outcome.Ending}.");
        }

        await upstream.ClearAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (isOwned)
        {
            await server.DisposeAsync();
        }

        await upstream.DisposeAsync();
    }
}
