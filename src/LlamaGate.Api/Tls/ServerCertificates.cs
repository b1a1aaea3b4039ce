using System.Net.Security;

namespace LlamaGate.Api.Tls;

/// <summary>
/// The certificate for new handshakes. The files are polled every few seconds, not watched, because change notifications get lost in
/// mounted directories and with symbolic links. A pair that cannot be used changes nothing and is reported once.
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

    /// <summary>For a handshake that begins now.</summary>
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
        // A disk that hangs must not block more and more threads.
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
            // The old one is not disposed: existing connections still use it.
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
        Message = "The TLS certificate for {Names} is only valid from {NotBefore:yyyy-MM-dd} to {NotAfter:yyyy-MM-dd}: clients refuse it now")]
    private partial void LogNotValid(string names, DateTimeOffset notBefore, DateTimeOffset notAfter);
}
