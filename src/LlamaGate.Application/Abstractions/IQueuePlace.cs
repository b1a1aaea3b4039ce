namespace LlamaGate.Application.Abstractions;

/// <summary>The place of one upstream call in the queue, for the eyes of its caller. Thread-safe.</summary>
public interface IQueuePlace
{
    /// <summary>The place as it is now.</summary>
    QueueEntry Describe();
}
