using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace LlamaGate.Api.Tests.CommandLine;

/// <summary>
/// The built <c>llamagate.dll</c> in a process and directory of its own, with nothing set but what is given.
/// </summary>
internal sealed class GatewayRun : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    /// <summary>A process of a test lives for seconds: compiling its code again takes half of its processor time and never pays off.</summary>
    private static readonly (string Name, string Value)[] CompileOnce = [("DOTNET_TieredPGO", "0"), ("DOTNET_TC_CallCountThreshold", "1000")];

    private const int FirstPort = 20_000;
    private const int Ports = 12_000;

    // Another run of these tests begins elsewhere.
    private static int _ports = Random.Shared.Next(Ports);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private GatewayRun(string program, string directory, string[] arguments, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in CompileOnce.Concat(variables))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
    }

    private static string Library => typeof(GatewayHost).Assembly.Location;

    public bool HasEnded => _process.HasExited;

    /// <summary>
    /// A port on which nobody listens, below those that systems give to connections: until it is used, no connection takes it. No two calls
    /// get the same one.
    /// </summary>
    public static string FreePort()
    {
        while (true)
        {
            var port = FirstPort + Interlocked.Increment(ref _ports) % Ports;
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port.ToString(CultureInfo.InvariantCulture);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                // The next one.
            }
        }
    }

    public static GatewayRun Start(
        string directory, string[] arguments, params (string Name, string Value)[] variables) =>
        new("dotnet", directory, [Library, .. arguments], variables);

    /// <summary>The same by the name of the program, which then counts as installed.</summary>
    public static GatewayRun StartProgram(
        string directory, string[] arguments, params (string Name, string Value)[] variables) =>
        new(Path.ChangeExtension(Library, null), directory, arguments,
            [.. variables, ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")))]);

    /// <summary>As systemd does with a socket unit: the process finds the open port as its third descriptor.</summary>
    /// <param name="descriptor">One that children inherit.</param>
    public static GatewayRun StartWithSocket(
        string directory, int descriptor, params (string Name, string Value)[] variables) =>
        new("bash", directory, ["-c", $"exec 3<&{descriptor}; LISTEN_FDS=1 LISTEN_PID=$$ exec dotnet \"$1\"", "bash", Library], variables);

    /// <summary>With files of at most this size, as on a disk that is full from then on: the last write before the limit is a part of one.</summary>
    public static GatewayRun StartWithFileLimit(
        string directory, int kilobytes, params (string Name, string Value)[] variables) =>
        new("bash", directory, ["-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec dotnet \"$1\"", "bash", Library],
            // The runtime's own memory for code would be such a file.
            [.. variables, ("DOTNET_EnableWriteXorExecute", "0")]);

    /// <summary>Reads stdout up to the first line that contains the text, and returns that line.</summary>
    public async Task<string> WaitForLineAsync(string text)
    {
        // A process that goes on saying something else is no reason to wait for ever.
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < 2 * LongestWait && await _process.StandardOutput.ReadLineAsync().WaitAsync(LongestWait) is { } line)
        {
            _output.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The process did not say \"{text}\": {_output}");
    }

    /// <summary>How many threads of the process have the name. For Linux.</summary>
    public int CountThreads(string name) => Directory.GetDirectories($"/proc/{_process.Id}/task").Count(thread =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).Trim() == name;
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return false;
        }
    });

    /// <summary>Memory of the process that is in use, in bytes. For Linux.</summary>
    public long ResidentBytes()
    {
        var pages = File.ReadAllText($"/proc/{_process.Id}/statm").Split(' ')[1];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    /// <summary>The files that are mapped into the process, such as its assemblies. For Linux.</summary>
    public string MappedFiles() => File.ReadAllText($"/proc/{_process.Id}/maps");

    /// <summary>The TCP ports on which the process listens. For Linux.</summary>
    public IReadOnlyList<int> ListeningPorts()
    {
        var own = Directory.GetFiles($"/proc/{_process.Id}/fd").Select(file => new FileInfo(file).LinkTarget).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from table in new[] { "tcp", "tcp6" }
               from line in File.ReadLines($"/proc/{_process.Id}/net/{table}").Skip(1)
               let parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where parts[3] == "0A" && own.Contains($"socket:[{parts[9]}]")
               select int.Parse(parts[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        ];
    }

    public async Task SignalAsync(string signal)
    {
        var id = _process.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("kill", ["-" + signal, id]);
        await kill.WaitForExitAsync().WaitAsync(LongestWait);
    }

    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        var error = _process.StandardError.ReadToEndAsync();
        _output.Append(await _process.StandardOutput.ReadToEndAsync().WaitAsync(LongestWait));
        await _process.WaitForExitAsync().WaitAsync(LongestWait);
        return (_process.ExitCode, _output.ToString(), await error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
