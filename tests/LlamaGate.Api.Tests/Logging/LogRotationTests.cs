using System.Diagnostics;
using System.Globalization;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.CommandLine;

namespace LlamaGate.Api.Tests.Logging;

/// <summary>The process with LOG_FILE, and somebody who takes the file away, as logrotate does.</summary>
public sealed class LogRotationTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;

    [Theory]
    [InlineData("moved away")]
    [InlineData("moved away and replaced")]
    [InlineData("copied and cut short")]
    public async Task LogFile_Rotated_GoesOnInTheFileAtThePath(string how)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var log = Path.Combine(_directory, "gate.log");
        var old = log + ".1";
        var port = GatewayRun.FreePort();
        using var run = GatewayRun.Start(_directory, [], ("PORT", port), ("LOG_FILE", log), ("DEBUG", "true"));
        await run.WaitForLineAsync("listens on");
        using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:" + port) };
        await WaitForAsync(
            log, "its features", text => text.Contains("context overflow", StringComparison.Ordinal), () => Task.CompletedTask);
        Rotate(how, log, old);

        // The line of some request is in the new file; one that was on its way may still be in the old one.
        var request = 0;
        await WaitForAsync(log, "a request's line", text => text.Contains("/livez", StringComparison.Ordinal), async () =>
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, "/livez");
            ask.Headers.Add("X-Request-ID", string.Create(CultureInfo.InvariantCulture, $"asked-{++request}"));
            (await http.SendAsync(ask)).Dispose();
        });
        await run.SignalAsync("TERM");
        Assert.Equal(0, (await run.EndAsync()).ExitCode);

        var lines = await File.ReadAllLinesAsync(log);
        Assert.All(lines, line => Assert.StartsWith("{", line, StringComparison.Ordinal));
        Assert.Contains("LlamaGate has stopped", lines[^1], StringComparison.Ordinal);
        Assert.Contains("listens on", await File.ReadAllTextAsync(old), StringComparison.Ordinal);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(log));
        // No line is lost and none is there twice.
        var all = string.Concat(await File.ReadAllTextAsync(old), await File.ReadAllTextAsync(log));
        Assert.All(Enumerable.Range(1, request), number => Assert.Equal(2, all.Split($"\"asked-{number}\",\"method\"").Length));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static void Rotate(string how, string log, string old)
    {
        switch (how)
        {
            case "copied and cut short":
                File.Copy(log, old);
                using (var file = new FileStream(log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                {
                    file.SetLength(0);
                }

                return;
            case "moved away and replaced":
                File.Move(log, old);
                LogFileAccess.Open(log, FileShare.Read).Dispose();
                return;
            default:
                File.Move(log, old);
                return;
        }
    }

    /// <summary>Asks again and again, a tenth of a second apart, until the file says it.</summary>
    private static async Task WaitForAsync(string path, string what, Func<string, bool> isThere, Func<Task> actAsync)
    {
        var started = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!File.Exists(path) || !isThere(await ReadAsync(path)))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < LongestWait, $"{path} never had {what}");
            await actAsync();
            await pause.WaitForNextTickAsync();
        }
    }

    private static async Task<string> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }
}
