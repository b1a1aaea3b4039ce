using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace LlamaGate.Benchmarks.InMemory;

/// <summary>A server without a network: it hands requests to the application and nothing else.</summary>
internal sealed class MemoryServer : IServer
{
    private Func<IFeatureCollection, Task>? _process;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task ProcessAsync(IFeatureCollection request) =>
        _process?.Invoke(request) ?? throw new InvalidOperationException("The server has not been started.");

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _process = async request =>
        {
            var context = application.CreateContext(request);
            await application.ProcessRequestAsync(context);
            application.DisposeContext(context, exception: null);
        };
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
