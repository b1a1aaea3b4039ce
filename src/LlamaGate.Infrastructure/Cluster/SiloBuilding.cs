using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Connections.Security;
using Orleans.Hosting;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>
/// Builds the silo in a host of its own: the gateway starts without it and keeps it until the last request has ended.
/// </summary>
internal static class SiloBuilding
{
    public static IHost Build(
        ClusterOptions options, RedisConnection redis, ILoggerFactory logging, IFatalErrorHandler faults, IEnumerable<ISiloParts> parts)
    {
        // Empty: nothing is read from the environment or from files.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            silo.UseEndpoint(options.Address).UseMembership(options.Redis, redis).UseMutualTls(options.Tls);
            silo.Services.AddSingleton(faults);
            silo.Services.AddSingleton(redis);
            foreach (var part in parts)
            {
                part.AddTo(silo);
            }
        });
        builder.Services
            .Replace(ServiceDescriptor.Singleton(logging))
            .Replace(ServiceDescriptor.Singleton<IHostLifetime, NoSignals>());
        return builder.Build();
    }

    /// <summary>No second port: only silos speak to silos.</summary>
    private static ISiloBuilder UseEndpoint(this ISiloBuilder silo, IPEndPoint address)
    {
        var port = address.Port > 0 ? address.Port : FindFreePort(address.Address);
        if (IsInUse(new IPEndPoint(address.Address, port)))
        {
            throw new InvalidOperationException("another program listens there; give each gateway its own CLUSTER_ADDRESS");
        }

        return silo
            .Configure<EndpointOptions>(endpoint =>
            {
                endpoint.AdvertisedIPAddress = address.Address;
                endpoint.SiloPort = port;
                endpoint.GatewayPort = 0;
                endpoint.SiloListeningEndpoint = new IPEndPoint(address.Address, port);
            })
            .Configure<SiloOptions>(own => own.SiloName = $"{Environment.MachineName}/{Environment.ProcessId}");
    }

    private static ISiloBuilder UseMembership(this ISiloBuilder silo, RedisOptions options, RedisConnection redis) => silo
        .Configure<Orleans.Configuration.ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = options.ClusterName)
        .Configure<ClusterMembershipOptions>(MembershipTimes.Apply)
        .UseRedisClustering(clustering =>
        {
            // Not used, but Orleans asks for it.
            clustering.ConfigurationOptions = new();
            clustering.CreateMultiplexer = async _ => (await redis.GetAsync(), true);
        });

    private static void UseMutualTls(this ISiloBuilder silo, Func<ClusterTls>? tls)
    {
        if (tls is null)
        {
            return;
        }

        silo.UseTls(options =>
        {
            // Orleans asks for it even where a selector takes its place.
            options.LocalCertificate = tls().Certificate;
            options.LocalServerCertificateSelector = (_, _) => tls().Certificate;
            options.LocalClientCertificateSelector = (_, _, _, _, _) => tls().Certificate;
            options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.RemoteCertificateValidation = (certificate, chain, _) => IsMember(certificate, chain, tls().Authorities);
        });
    }

    /// <summary>Names do not matter: the address of a member is known from Redis, and a certificate of these authorities is what makes it one.</summary>
    private static bool IsMember(X509Certificate2 certificate, X509Chain? sent, X509ChainPolicy authorities)
    {
        using var chain = new X509Chain { ChainPolicy = authorities.Clone() };
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(certificate);
    }

    /// <summary>
    /// Orleans listens even on a port that another silo has. Both would be taken for the same member, and the older one declared dead.
    /// </summary>
    private static bool IsInUse(IPEndPoint address)
    {
        try
        {
            using var probe = new TcpListener(address);
            probe.Start();
            return false;
        }
        catch (SocketException exception)
        {
            // Other faults are those of the silo's start.
            return exception.SocketErrorCode is SocketError.AddressAlreadyInUse;
        }
    }

    private static int FindFreePort(IPAddress address)
    {
        using var probe = new TcpListener(address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Signals are the gateway's, which ends the silo after the last request.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
