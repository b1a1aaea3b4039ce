using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Time;

namespace LlamaGate.Bench.Tests.Simulation;

/// <summary>The model of Ollama keeps what was measured on a real one.</summary>
public sealed class OllamaHostTests
{
    /// <summary>Prompt 1 s in two batches, answer 3 s.</summary>
    private static readonly Work Long = new(1000, 1024, 90, Seconds(1), Seconds(3));

    private readonly EventQueue _events = new();
    private readonly OllamaHost _host;
    private readonly List<string> _ended = [];

    public OllamaHostTests() =>
        _host = new OllamaHost(_events, new HostSettings("gpu1") { Slots = 1, Models = ["a", "b"] }, new Draws(1));

    [Fact]
    public void Submit_ColdModel_IsAnsweredAfterTheLoad()
    {
        Submit("a1", "a");
        _events.RunUntil(Seconds(6));

        Assert.Equal(["a1"], _ended);
        Assert.Equal(Seconds(2), Assert.Single(_host.Loads).Ends);
        Assert.Equal(4, _host.BusySeconds, precision: 6);
    }

    [Fact]
    public void Submit_OtherModelWaitsForItsVictim_CallsForTheVictimStillGetIn()
    {
        Submit("a1", "a");
        _events.RunUntil(Seconds(3));
        Submit("b1", "b");
        Submit("a2", "a");
        _events.RunUntil(Seconds(30));

        Assert.Equal(["a1", "a2", "b1"], _ended);
        Assert.Equal(Seconds(10), _host.Loads[1].Begins);
        Assert.Equal(1, _host.WaitedInside);
    }

    [Fact]
    public void Leave_WhileThePromptIsComputed_SlotIsFreeAfterTheBatch()
    {
        var left = Submit("a1", "a");
        _events.RunUntil(Seconds(2.2));
        _host.Leave(left);
        Submit("a2", "a");
        _events.RunUntil(Seconds(6.4));
        Assert.Empty(_ended);
        _events.RunUntil(Seconds(6.5));

        Assert.Equal(["a2"], _ended);
    }

    [Fact]
    public void Leave_WhoseCallEvicts_LoadTakesPlaceAllTheSame()
    {
        Submit("a1", "a");
        _events.RunUntil(Seconds(3));
        var left = Submit("b1", "b");
        _host.Leave(left);
        _events.RunUntil(Seconds(30));

        Assert.Equal(["a", "b"], _host.Loads.Select(load => load.Model).ToList());
    }

    [Fact]
    public void Die_CallsFail_AndNothingIsLoaded()
    {
        Submit("a1", "a");
        Submit("b1", "b");
        _events.RunUntil(Seconds(3));
        _host.Die();

        Assert.Equal(["a1 failed", "b1 failed"], _ended);
        Assert.Empty(_host.Loaded);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private OllamaCall Submit(string name, string model)
    {
        var call = new OllamaCall(model, Long) { Ended = isComplete => _ended.Add(isComplete ? name : $"{name} failed") };
        _host.Submit(call);
        return call;
    }
}
