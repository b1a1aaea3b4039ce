using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LlamaGate.Bench.Load;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Processes;

/// <summary>A closed loop: every connection sends its next request when it has the answer to the last.</summary>
internal static class Wrk
{
    /// <summary>More than a loop can send; a loop's numbers are no other loop's.</summary>
    private const long MaxRequests = 100_000_000;

    public static Task<WrkResult> RunAsync(
        BenchPlaces places, Server server, string bodyFile, int connections, TimeSpan time, CancellationToken cancellationToken) =>
        RunAsync(places, new Uri($"http://{server.Address}{server.ChatPath}"), bodyFile, connections, time, cancellationToken);

    public static async Task<WrkResult> RunAsync(
        BenchPlaces places, Uri address, string bodyFile, int connections, TimeSpan time, CancellationToken cancellationToken)
    {
        // wrk counts whole seconds only; timeout with SIGINT ends it sooner, and it reports what it has.
        var seconds = ((int)Math.Ceiling(time.TotalSeconds) + 1).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("timeout") { RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            "--signal=INT", time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture),
            "wrk", "-t1", $"-c{connections}", $"-d{seconds}s", "-s", places.WrkScript,
            address.ToString(), "--", bodyFile, GatewayVariables.Key,
            RequestNumbers.Reserve(MaxRequests).ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("wrk did not start.");
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var json = output.Split('\n').LastOrDefault(line => line.StartsWith('{'))
                ?? throw new InvalidOperationException($"wrk said nothing of use about {address}: {output}");
            return JsonSerializer.Deserialize<WrkResult>(json, JsonSerializerOptions.Web)
                ?? throw new InvalidOperationException("wrk's summary is empty.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>wrk's own summary.</summary>
/// <param name="Requests">Answers that came.</param>
/// <param name="Microseconds">How long it ran.</param>
/// <param name="Bytes">Read.</param>
/// <param name="Refused">Answers with a status of 400 and more.</param>
/// <param name="Broken">Connections that failed, and requests that got no answer in time.</param>
/// <param name="P50">Median latency in microseconds.</param>
/// <param name="P99">99th percentile of the latency in microseconds.</param>
internal sealed record WrkResult(
    long Requests, long Microseconds, long Bytes, long Refused, long Broken, double P50, double P99)
{
    public double PerSecond => Requests * 1e6 / Microseconds;
}
