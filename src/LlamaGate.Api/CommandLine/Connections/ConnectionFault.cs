namespace LlamaGate.Api.CommandLine.Connections;

/// <summary>Why a server gave no answer, as far as the remedy differs.</summary>
internal enum ConnectionFault
{
    /// <summary>The machine is there, and nothing listens on the port.</summary>
    Refused,

    /// <summary>The name has no address.</summary>
    UnknownName,

    /// <summary>No way leads to the machine.</summary>
    Unreachable,

    /// <summary>The certificate is not trusted, or one side does not speak TLS.</summary>
    Tls,

    /// <summary>Silence for the whole time limit.</summary>
    Timeout,

    /// <summary>What listens there does not speak HTTP.</summary>
    NotHttp,

    /// <summary>The connection broke off.</summary>
    Broken,
}
