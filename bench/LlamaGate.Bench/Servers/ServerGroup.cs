namespace LlamaGate.Bench.Servers;

/// <summary>Servers of one scenario, which end with it.</summary>
internal sealed class ServerGroup : IAsyncDisposable
{
    private readonly List<Server> _servers = [];

    public IReadOnlyList<Server> Servers => _servers;

    public void Add(Server server) => _servers.Add(server);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }
}
