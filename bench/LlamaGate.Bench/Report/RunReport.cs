using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Bench.Report;

/// <summary>All that one run has measured, and on what.</summary>
internal sealed record RunReport(
    DateTimeOffset Time, string Mode, string Commit, string Processor, string Kernel, string Runtime)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    public List<ScenarioReport> Scenarios { get; init; } = [];

    public static async Task<RunReport> BeginAsync(BenchOptions options, CancellationToken cancellationToken) => new(
        TimeProvider.System.GetUtcNow(),
        options.Quick ? "quick" : "full",
        await CommitAsync(options.Root, cancellationToken),
        ProcessorName(),
        $"{Environment.OSVersion.Platform} {Environment.OSVersion.Version}",
        Environment.Version.ToString());

    public static async Task<RunReport> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<RunReport>(stream, Json, cancellationToken)
            ?? throw new InvalidDataException($"{file} holds no run.");
    }

    public string DefaultFile(string root) => Path.Combine(
        root, "artifacts/bench", Time.ToString("yyyy-MM-ddTHH-mm-ss", CultureInfo.InvariantCulture) + ".json");

    public async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? ".");
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, this, Json, cancellationToken);
        await Console.Out.WriteLineAsync($"Written: {file}");
    }

    private static string ProcessorName()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return $"{model?.Split(':')[^1].Trim() ?? "unknown"}, 2 of its cores used";
    }

    private static async Task<string> CommitAsync(string root, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = root };
        foreach (var argument in new[] { "describe", "--always", "--dirty" })
        {
            start.ArgumentList.Add(argument);
        }

        using var git = Process.Start(start);
        return git is null ? "unknown" : (await git.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
    }
}
