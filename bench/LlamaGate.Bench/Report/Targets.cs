using System.Text.Json;

namespace LlamaGate.Bench.Report;

/// <summary>Reads bench/targets.json.</summary>
internal static class Targets
{
    public static async Task<IReadOnlyList<Target>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return await JsonSerializer.DeserializeAsync<List<Target>>(
            stream, JsonSerializerOptions.Web, cancellationToken) ?? [];
    }
}
