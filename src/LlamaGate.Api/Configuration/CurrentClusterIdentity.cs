namespace LlamaGate.Api.Configuration;

/// <summary>How this gateway identifies itself to the others now. It is replaced when the files change.</summary>
internal sealed class CurrentClusterIdentity
{
    private readonly GatewaySettings _settings;
    private readonly TimeProvider _timeProvider;
    private volatile ClusterIdentity _identity;

    private CurrentClusterIdentity(GatewaySettings settings, TimeProvider timeProvider)
    {
        (_settings, _timeProvider) = (settings, timeProvider);
        First = Read();
        _identity = First.Identity ?? throw new ConfigurationException(First.Faults);
    }

    public ClusterIdentityReading First { get; }

    /// <summary>For a connection that begins now. One that was replaced is not disposed: connections still use it.</summary>
    public ClusterIdentity Identity
    {
        get => _identity;
        set => _identity = value;
    }

    /// <returns>Null for a gateway that does not identify itself.</returns>
    /// <exception cref="ConfigurationException">The check of the settings has read the files already, but they have changed since.</exception>
    public static CurrentClusterIdentity? Load(GatewaySettings settings, TimeProvider timeProvider) =>
        settings.UsesClusterTls ? new(settings, timeProvider) : null;

    public ClusterIdentityReading Read() => ClusterIdentity.Read(_settings.ClusterCertificate, _settings.ClusterCa, _timeProvider.GetUtcNow());
}
