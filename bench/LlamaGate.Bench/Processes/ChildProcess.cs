using System.Diagnostics;
using System.Globalization;

namespace LlamaGate.Bench.Processes;

/// <summary>A server of this run: pinned to its cores, its output in a file, dead when this is disposed.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>
    /// Set to 1, .NET serves a socket without a second thread. run.sh does so for this process, and the upstream that shares its core
    /// has it too; what is measured runs as it comes.
    /// </summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Process _process;
    private readonly string _output;

    private ChildProcess(Process process, string output)
    {
        _process = process;
        _output = output;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="command">Program and arguments.</param>
    /// <param name="cores">The CPUs that it may use, as taskset names them.</param>
    /// <param name="work">Where it runs, its errors go and its id is noted, for run.sh to end what this cannot.</param>
    /// <param name="environment">Added to this process's own, but for how its sockets are served.</param>
    public static ChildProcess Start(
        IReadOnlyList<string> command, string cores, string work, IReadOnlyDictionary<string, string> environment)
    {
        var output = Path.Combine(work, $"{Guid.NewGuid():N}.out");
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = work };

        // The shell gives way to the program, which keeps its process id. Standard output goes nowhere: the gateway
        // writes its log to a file as well, and this process must not be woken to read along.
        string[] arguments =
        [
            "-c", "out=$1 core=$2; shift 2; exec taskset -c \"$core\" \"$@\" </dev/null >/dev/null 2>\"$out\"", "sh",
            output, cores, .. command,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What .NET keeps there for debuggers goes with this run's directory when the process is killed.
        start.Environment["TMPDIR"] = work;
        start.Environment.Remove(InlineCompletions);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        File.AppendAllText(Path.Combine(work, "pids"), string.Create(CultureInfo.InvariantCulture, $"{process.Id}\n"));
        return new ChildProcess(process, output);
    }

    /// <summary>What it wrote to standard error.</summary>
    public string Errors() => File.Exists(_output) ? File.ReadAllText(_output) : string.Empty;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            using var patience = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(patience.Token);
        }

        _process.Dispose();
    }
}
