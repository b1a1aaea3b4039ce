using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Dialects;

/// <summary>A flow of one client: <c>tests/recordings/dialects/NAME.json</c>, whose README tells the form.</summary>
internal sealed record DialectCase(string Name, string Dialect, IReadOnlyList<DialectStep> Steps)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "recordings", "dialects");

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static DialectCase Read(string name)
    {
        var root = JsonElement.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json")));
        return new DialectCase(
            name,
            root.GetProperty("dialect").GetString()!,
            [.. root.GetProperty("steps").EnumerateArray().Select(step => new DialectStep(
                step.GetProperty("request"), step.GetProperty("upstream"), step.GetProperty("answer")))]);
    }
}

internal sealed record DialectStep(JsonElement Request, JsonElement Upstream, JsonElement Answer);
