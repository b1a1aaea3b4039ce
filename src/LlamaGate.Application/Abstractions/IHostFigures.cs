namespace LlamaGate.Application.Abstractions;

/// <summary>How shared hosts and their queue are now, in figures for the metrics. All lists are empty while hosts are not shared.</summary>
public interface IHostFigures
{
    IReadOnlyList<HostFigures> ListHosts();

    /// <summary>The loaded models.</summary>
    IReadOnlyList<RunnerFigures> ListRunners();

    /// <summary>The models that calls wait for.</summary>
    IReadOnlyList<QueueFigures> ListQueues();
}

/// <param name="Name">The host's name.</param>
/// <param name="IsUp">Whether it answers, as far as is known.</param>
public readonly record struct HostFigures(string Name, bool IsUp);

/// <param name="Host">The host's name.</param>
/// <param name="Model">The model's own name.</param>
/// <param name="Busy">Slots in use.</param>
/// <param name="Slots">Slots that it has, as configured or learned so far.</param>
public readonly record struct RunnerFigures(string Host, string Model, int Busy, int Slots);

/// <param name="Model">The model's own name.</param>
/// <param name="Waiting">Calls that wait for it.</param>
public readonly record struct QueueFigures(string Model, int Waiting);
