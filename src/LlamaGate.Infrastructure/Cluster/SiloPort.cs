using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>
/// Closes the port of a silo that could not start. Orleans closes it only in one that has, so the next attempt would find the port in use.
/// </summary>
internal sealed class SiloPort
{
    private readonly List<IConnectionListener> _listeners = [];

    /// <summary>Watches each way to listen that is registered under a key.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var port = new SiloPort();
        services.AddSingleton(port);
        foreach (var one in services.Where(static one => one.IsKeyedService && one.ServiceType == typeof(IConnectionListenerFactory)).ToArray())
        {
            services.Remove(one);
            services.AddKeyedSingleton<IConnectionListenerFactory>(
                one.ServiceKey, (provider, key) => new Watched(Create(one, provider, key), port._listeners));
        }
    }

    public async Task CloseAsync()
    {
        foreach (var listener in _listeners)
        {
            await listener.DisposeAsync();
        }
    }

    private static IConnectionListenerFactory Create(ServiceDescriptor registered, IServiceProvider provider, object? key) =>
        (IConnectionListenerFactory)(registered.KeyedImplementationInstance
            ?? registered.KeyedImplementationFactory?.Invoke(provider, key)
            ?? ActivatorUtilities.CreateInstance(provider, registered.KeyedImplementationType!)); // One of the three is set.

    private sealed class Watched(IConnectionListenerFactory inner, List<IConnectionListener> listeners) : IConnectionListenerFactory
    {
        public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            var listener = await inner.BindAsync(endpoint, cancellationToken);
            listeners.Add(listener);
            return listener;
        }
    }
}
