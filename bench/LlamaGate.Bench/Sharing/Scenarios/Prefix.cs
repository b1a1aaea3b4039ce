namespace LlamaGate.Bench.Sharing.Scenarios;

/// <summary>Four slots, and four calls at once whose system prompt of 1,500 tokens is the same.</summary>
internal sealed class Prefix : ISharingScenario
{
    private const int Calls = 4;
    private const int Tokens = 10;
    private const int Words = 1500;

    public string Name => "prefix";

    public async Task RunAsync(SharingRig rig, SharingReport report, CancellationToken cancellationToken)
    {
        string[] callers = [.. Enumerable.Range(0, Calls).Select(i => $"agent-{i}")];
        await rig.BothAsync(new StageSettings { Callers = callers, Slots = Calls }, async stage =>
        {
            await stage.WarmUpAsync(callers[0], cancellationToken);

            // A prefix for each side, so that a real Ollama's cache does not know the second one.
            var system = string.Join(' ', Enumerable.Range(0, Words).Select(i => $"{stage.Server.Label[..1]}{i % 10}"));
            var outcomes = await Task.WhenAll(callers.Select(caller => stage.Client.AskAsync(
                new ChatCall(caller, stage.Upstream.Models[0], Tokens) { System = system }, cancellationToken)));
            var counts = await stage.Upstream.CountsAsync(cancellationToken);
            report.Add(Name, "time to the last end, s", stage, outcomes.Max(outcome => outcome.Total), Goal.RatioAtMost(0.5));
            report.Add(Name, "slot time, s", stage, counts.Slots?.Busy);
            report.AddFaults(Name, stage, outcomes);
        }, cancellationToken);
    }
}
