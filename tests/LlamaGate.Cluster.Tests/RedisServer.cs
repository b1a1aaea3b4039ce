using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LlamaGate.Api.Tests.CommandLine;
using StackExchange.Redis;

namespace LlamaGate.Cluster.Tests;

/// <summary>A redis-server of Debian's on a free port, which keeps nothing on disk and wants a password.</summary>
internal sealed class RedisServer : IDisposable
{
    public const string Password = "redis-secret-0123456789";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly string _port = GatewayRun.FreePort();
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-redis-").FullName;
    private Process? _process;

    public string Address => $"redis://127.0.0.1:{_port}/0";

    public string Url => $"redis://:{Password}@127.0.0.1:{_port}";

    public int Port => int.Parse(_port, CultureInfo.InvariantCulture);

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer();
        await server.RunAsync();
        return server;
    }

    /// <summary>Its port is known, and nobody listens there.</summary>
    public static RedisServer Stopped() => new();

    public async Task RunAsync()
    {
        string[] arguments = ["--port", _port, "--bind", "127.0.0.1", "--requirepass", Password, "--save", "", "--appendonly", "no", "--dir", _directory];
        var start = new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("This test needs redis-server: apt-get install redis-server", exception);
        }

        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(LongestWait) is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException("redis-server ended at once");
    }

    /// <summary>Ends when Redis has a key of this pattern.</summary>
    public async Task WaitForKeyAsync(string pattern)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{_port},password={Password}");
        var server = connection.GetServer("127.0.0.1", Port);
        for (var limit = Stopwatch.StartNew(); !await server.KeysAsync(pattern: pattern).AnyAsync();)
        {
            Assert.True(limit.Elapsed < LongestWait, $"Redis has no key like {pattern}.");
        }
    }

    /// <summary>As <c>CONFIG SET</c> does.</summary>
    public Task ConfigureAsync(string name, string value) => SendAsync("CONFIG", "SET", name, value);

    /// <summary>Makes a user with the same password and these rules.</summary>
    public Task AllowAsync(string user, params string[] rules) => SendAsync("ACL", ["SETUSER", user, "reset", "on", $">{Password}", .. rules]);

    private async Task SendAsync(string command, params object[] arguments)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{_port},password={Password},allowAdmin=true");
        await connection.GetDatabase().ExecuteAsync(command, arguments);
    }

    public void Stop()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            process.WaitForExit(LongestWait);
        }
    }

    public void Dispose()
    {
        Stop();
        _process?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
