namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Runs socket continuations inline on the threads that receive socket events, instead of on the thread pool: under load a third of the
/// system's work for a request is such thread switching (ADR 14). There is one such thread per processor, and work
/// on it delays its other sockets, so nothing that runs there may block or take long: requests are still parsed on the thread pool,
/// and large answers and floods of chunks move there.
/// </summary>
internal static class SocketCompletions
{
    /// <summary>.NET's own switch, on Unix; it exists only as this environment variable.</summary>
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Call it before the first socket is created; a variable that is already set, for example to 0, is left unchanged.</summary>
    public static void GoOnWhereHeard()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
