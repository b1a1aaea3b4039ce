using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>The recorded answers to calls that no runner answered.</summary>
internal static class FailureReplies
{
    /// <summary>Null when the call did not fail.</summary>
    public static Reply? For(CallFailure failure) => failure switch
    {
        CallFailure.QueueFull => Reply.From(Recording.Named("chat_queue_full_503")),
        CallFailure.RunnerGone => Reply.From(Recording.Named("chat_waiting_runner_killed")),
        CallFailure.RunnerDied => Reply.From(Recording.Named("chat_nonstream_runner_killed")),
        _ => null,
    };
}
