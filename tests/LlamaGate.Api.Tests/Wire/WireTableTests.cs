using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>
/// The wire contract, case by case: exact bytes to the gateway, exact bytes to Ollama, exact bytes back. <c>Wire/Cases</c> holds
/// the cases, docs/wire.md says what they prove.
/// </summary>
public class WireTableTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private static readonly IReadOnlyList<WireCaseFile> Files = WireCaseFile.ReadAll();

    public static TheoryData<string> Keys() => new(Files.SelectMany(file => file.Cases).Select(one => one.Key));

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Case_Sent_IsThisUpstreamAndThisBack(string key)
    {
        var file = Files.Single(f => f.Cases.Exists(one => one.Key == key));
        var index = file.Cases.FindIndex(one => one.Key == key);
        var differences = await PlayAsync(file, index);
        Assert.True(differences.Count == 0, $"{key}\n{string.Join("\n", differences)}");
    }

    private async Task<IReadOnlyList<string>> PlayAsync(WireCaseFile file, int index)
    {
        var played = file.Cases[index];
        await using var own = played.Gateway is { } gateway ? await WireBed.StartAsync(gateway) : null;
        var differences = new List<string>();
        var steps = new List<WireStep>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in played.Steps)
        {
            var (answer, calls) = await WireBed.PlayAsync(own ?? shared.Bed, step);
            steps.Add(WireCaseWriter.IsAsked ? WireCaseWriter.Fill(step, answer, calls) : step);
            var found = WireComparison.Differences(steps[^1], answer, calls);
            differences.AddRange(found.Select(text => played.Steps.Count == 1 ? text : $"step {steps.Count}: {text}"));
            differences.AddRange(answer.Ids.Where(id => !ids.Add(id)).Select(id => $"step {steps.Count}: {id} has been given before"));
        }

        if (WireCaseWriter.IsAsked)
        {
            file.Cases[index] = played with { Steps = steps };
            WireCaseWriter.Write(file);
        }

        return differences;
    }
}
