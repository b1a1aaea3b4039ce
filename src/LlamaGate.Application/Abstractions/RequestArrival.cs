namespace LlamaGate.Application.Abstractions;

/// <summary>When the first part of a request arrived in the queue.</summary>
public sealed class RequestArrival
{
    /// <summary>By the scheduler's clock, which sets it; null before the first part has arrived.</summary>
    public TimeSpan? At { get; set; }
}
