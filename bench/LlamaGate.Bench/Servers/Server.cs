using System.Net;
using LlamaGate.Bench.Load;
using LlamaGate.Bench.Processes;

namespace LlamaGate.Bench.Servers;

/// <summary>Something the load can be sent to.</summary>
/// <param name="label">Its name in the tables.</param>
/// <param name="kind">What it is, and so what it has to be sent.</param>
/// <param name="address">Where it listens.</param>
/// <param name="process">What is measured; null for the upstream, which shares its core with the load.</param>
/// <param name="probe">A view into a .NET process; null for others.</param>
internal sealed class Server(string label, ServerKind kind, IPEndPoint address, ChildProcess? process, Probe? probe)
    : IAsyncDisposable
{
    public string Label => label;

    public ServerKind Kind => kind;

    public IPEndPoint Address => address;

    public ChildProcess? Process => process;

    public Probe? Probe => probe;

    public bool SpeaksOpenAI => kind is ServerKind.Gateway or ServerKind.GatewayCacheOff;

    /// <summary>Another one in a second configuration, which is measured where its cost is the question.</summary>
    public bool IsVariant => kind is ServerKind.YarpInline or ServerKind.GatewayCacheOff;

    public string ChatPath => SpeaksOpenAI ? "/v1/chat/completions" : "/api/chat";

    /// <summary>A chat request in the server's dialect.</summary>
    public ReadOnlyMemory<byte> Post(ReadOnlySpan<byte> body) => HttpRequest.Post(ChatPath, GatewayVariables.Key, body);

    /// <summary>Nanoseconds of CPU so far; zero when none is measured.</summary>
    public long CpuNanoseconds() => process is null ? 0 : ProcessUsage.CpuNanoseconds(process.Id);

    /// <summary>Methods compiled so far; zero for what has no compiler to be asked.</summary>
    public long CompiledMethods() => probe?.Read().CompiledMethods ?? 0;

    public async ValueTask DisposeAsync()
    {
        probe?.Dispose();
        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }
}
