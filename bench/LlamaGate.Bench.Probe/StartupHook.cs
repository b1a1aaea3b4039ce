using System.Globalization;
using System.Net.Sockets;
using System.Runtime;
using System.Text;

/// <summary>
/// Tells what only the process itself knows of its memory, without a change to the process: .NET runs this before Main
/// when DOTNET_STARTUP_HOOKS names it (so it stands outside every namespace). It sleeps until somebody connects.
/// </summary>
#pragma warning disable CA1050, MA0047 // The runtime looks for a type of this name without a namespace.
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("LLAMAGATE_BENCH_PROBE") is { Length: > 0 } path)
        {
            new Thread(() => Serve(path)) { IsBackground = true, Name = "bench probe" }.Start();
        }
    }

    private static void Serve(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var question = new byte[1];
        while (true)
        {
            using var caller = listener.Accept();
            while (caller.Receive(question) == 1)
            {
                if (question[0] == (byte)'c')
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                }

                caller.Send(Encoding.ASCII.GetBytes(Answer()));
            }
        }
    }

    /// <summary>
    /// Bytes allocated, bytes alive, collections by generation, nanoseconds paused, large-object bytes, methods compiled.
    /// </summary>
    private static string Answer()
    {
        long[] facts =
        [
            GC.GetTotalAllocatedBytes(),
            GC.GetTotalMemory(forceFullCollection: false),
            GC.CollectionCount(0),
            GC.CollectionCount(1),
            GC.CollectionCount(2),
            (long)GC.GetTotalPauseDuration().TotalNanoseconds,
            GC.GetGCMemoryInfo(GCKind.Any).GenerationInfo[3].SizeAfterBytes,
            JitInfo.GetCompiledMethodCount(),
        ];
        return string.Join(' ', facts.Select(fact => fact.ToString(CultureInfo.InvariantCulture)));
    }
}
