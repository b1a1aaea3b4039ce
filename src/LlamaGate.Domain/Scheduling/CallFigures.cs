namespace LlamaGate.Domain.Scheduling;

/// <summary>The place of a call in the queue.</summary>
/// <param name="Position">1 for the next one; 0 for a call that does not wait.</param>
/// <param name="Eta">Until it will probably be sent.</param>
/// <param name="Waited">Since its arrival, or until it was sent.</param>
/// <param name="LoadingAt">The host where its model is being loaded; null when it waits for something else.</param>
public readonly record struct CallFigures(int Position, TimeSpan Eta, TimeSpan Waited, string? LoadingAt);
