using System.Net.Security;

namespace LlamaGate.Api.Tls;

/// <summary>
/// The certificate of new handshakes. The files are looked at every few seconds, in place of being watched: notices get lost where
/// directories are mounted or names are links. A pair that cannot be used changes nothing and is reported once.
/// </summary>
internal sealed partial class ServerCertificates(
    CertificateFiles files, CertificateReading reading, ServerCertificate first, TimeProvider timeProvider, ILogger<ServerCertificates> logger)
    : IHostedService, IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private volatile ServerCertificate _current = first;
    private string _stamp = reading.Stamp;
    private bool _hasExpiryBeenSaid;
    private ITimer? _timer;

    /// <summary>For the handshake that begins now.</summary>
    public SslServerAuthenticationOptions Options => _current.Options;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogInForce(_current.Names, _current.LastDay);
        WarnOfExpiry();
        _timer = timeProvider.CreateTimer(static certificates => ((ServerCertificates)certificates!).Look(), this, Period, Period);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        // A disk that hangs must not gather threads.
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            Take(files.Read());
            WarnOfExpiry();
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Take(CertificateReading read)
    {
        if (read.Stamp == _stamp)
        {
            return;
        }

        _stamp = read.Stamp;
        if (read.Load(out var faults) is { } certificate)
        {
            // The old one is not disposed of: connections that began with it go on.
            _current = certificate;
            _hasExpiryBeenSaid = false;
            LogReplaced(certificate.Names, certificate.LastDay);
        }
        else
        {
            var reasons = string.Join("; ", faults);
            LogKept(reasons);
        }
    }

    private void WarnOfExpiry()
    {
        var now = timeProvider.GetUtcNow();
        if (!_hasExpiryBeenSaid && (now > _current.NotAfter || now < _current.NotBefore))
        {
            _hasExpiryBeenSaid = true;
            LogNotValid(_current.Names, _current.NotBefore, _current.NotAfter);
        }
    }

    [LoggerMessage(EventId = 31, EventName = "CertificateInForce", Level = LogLevel.Information,
        Message = "TLS certificate: {Names}, valid until {NotAfter}")]
    private partial void LogInForce(string names, string notAfter);

    [LoggerMessage(EventId = 32, EventName = "CertificateReplaced", Level = LogLevel.Information,
        Message = "TLS certificate was read again: {Names}, valid until {NotAfter}; new connections get it")]
    private partial void LogReplaced(string names, string notAfter);

    [LoggerMessage(EventId = 33, EventName = "CertificateKept", Level = LogLevel.Error,
        Message = "The files of TLS_CERT and TLS_KEY changed and cannot be used; the old certificate stays in force: {Reason}")]
    private partial void LogKept(string reason);

    [LoggerMessage(EventId = 34, EventName = "CertificateNotValid", Level = LogLevel.Warning,
        Message = "The TLS certificate for {Names} is valid from {NotBefore:yyyy-MM-dd} to {NotAfter:yyyy-MM-dd} only: clients refuse it now")]
    private partial void LogNotValid(string names, DateTimeOffset notBefore, DateTimeOffset notAfter);
}
