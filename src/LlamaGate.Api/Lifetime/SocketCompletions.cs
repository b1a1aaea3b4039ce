namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Lets what waits for a socket go on where the socket is heard, in place of a handing over to the thread pool: under load a third of what
/// the system does for a request is such waking and switching (ADR 14). There is a thread for each processor, and what runs
/// on one holds up its other sockets, so nothing that runs there may block or take long: requests are parsed on the thread pool
/// all the same, and large answers and floods of chunks move there.
/// </summary>
internal static class SocketCompletions
{
    /// <summary>.NET's own switch, on Unix; it has no other form than this variable of the process.</summary>
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>To be called before the first socket; a variable that is set already, to 0 for instance, is left as it is.</summary>
    public static void GoOnWhereHeard()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
