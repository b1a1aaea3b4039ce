using LlamaGate.OllamaEmulator.Scheduling;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Endpoints;

/// <summary>What is answered, and how it goes onto the wire.</summary>
internal readonly record struct Performance(Reply Reply, Scenario Scenario)
{
    /// <summary>What has to pass the scheduler before, and while, the reply is sent; null for what needs no runner.</summary>
    public RunnerCall? Call { get; init; }

    /// <summary>A recorded or raw answer needs no endpoint; null for all others.</summary>
    public static Performance? Direct(Scenario? scenario) => scenario?.Answer switch
    {
        RecordedAnswer recorded => new Performance(Reply.From(recorded.Recording), scenario),
        RawAnswer raw => new Performance(Reply.From(raw), scenario),
        _ => null,
    };

    /// <summary>A reply without accidents.</summary>
    public static Performance Plain(Reply reply) => new(reply, Scenario.Default);
}

/// <summary>
/// Answers a request; the scenario is what a test, a header or the health status asked for, if anything.
/// </summary>
internal delegate Performance Endpoint(RecordedRequest request, Scenario? scenario);
