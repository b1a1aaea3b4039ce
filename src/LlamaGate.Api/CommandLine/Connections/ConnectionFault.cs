namespace LlamaGate.Api.CommandLine.Connections;

/// <summary>Why a server gave no answer, distinguished where the advice differs.</summary>
internal enum ConnectionFault
{
    /// <summary>The machine answers, but nothing listens on the port.</summary>
    Refused,

    /// <summary>The name cannot be resolved.</summary>
    UnknownName,

    /// <summary>There is no route to the machine.</summary>
    Unreachable,

    /// <summary>The certificate is not trusted, or one side does not speak TLS.</summary>
    Tls,

    /// <summary>Silence for the whole time limit.</summary>
    Timeout,

    /// <summary>The server does not speak HTTP.</summary>
    NotHttp,

    /// <summary>The connection broke off.</summary>
    Broken,
}
