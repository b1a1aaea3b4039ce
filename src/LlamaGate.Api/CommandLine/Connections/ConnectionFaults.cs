using System.Net.Sockets;
using System.Security.Authentication;

namespace LlamaGate.Api.CommandLine.Connections;

/// <summary>Distinguishes connection failures. The texts contain no address: the caller knows how much of it may be shown.</summary>
internal static class ConnectionFaults
{
    /// <summary>Null when the exception is not a connection failure.</summary>
    public static ConnectionFault? Of(Exception exception) => exception switch
    {
        OperationCanceledException => ConnectionFault.Timeout,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => ConnectionFault.UnknownName,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => ConnectionFault.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: SocketException socket } =>
            OfSocket(socket.SocketErrorCode),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } or
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => ConnectionFault.NotHttp,
        // .NET throws a bare SocketException when a connection was reset between its making and its first use.
        HttpRequestException or IOException or SocketException => ConnectionFault.Broken,
        _ => null,
    };

    /// <summary>One clause that completes "no answer: …".</summary>
    public static string Describe(ConnectionFault fault, Exception exception) => fault switch
    {
        ConnectionFault.Refused => "the connection was refused, nothing listens there",
        ConnectionFault.UnknownName => "the host name has no address",
        ConnectionFault.Unreachable => "the host cannot be reached",
        ConnectionFault.Tls => "the TLS handshake failed" + TlsReason(exception),
        ConnectionFault.Timeout => "there was no answer within the time limit",
        ConnectionFault.NotHttp => "the server there does not speak HTTP",
        ConnectionFault.Broken => "the connection broke off",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static ConnectionFault OfSocket(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => ConnectionFault.Refused,
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => ConnectionFault.UnknownName,
        SocketError.TimedOut => ConnectionFault.Timeout,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown
            or SocketError.AddressNotAvailable => ConnectionFault.Unreachable,
        _ => ConnectionFault.Broken,
    };

    /// <summary>The last clause of the framework's message, such as <c>UntrustedRoot</c>: it contains nothing of the exchange.</summary>
    private static string TlsReason(Exception exception) => exception.InnerException is AuthenticationException { Message: var message }
        ? $" ({message[(message.LastIndexOf(": ", StringComparison.Ordinal) is var at and >= 0 ? at + 2 : 0)..]})"
        : "";
}
