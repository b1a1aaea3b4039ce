using System.Text;

namespace LlamaGate.OllamaEmulator.Scripts;

/// <summary>The recorded errors by status, and the two a dying runner leaves.</summary>
internal static class RecordedErrors
{
    public const string RunnerDied = "an error was encountered while running the model: unexpected EOF";

    /// <summary>The last line of chat_midstream_runner_killed.</summary>
    public static ReadOnlyMemory<byte> MidStreamLine { get; } =
        Encoding.UTF8.GetBytes($$"""{"error":"{{RunnerDied}}"}""" + "\n");

    public static Answer For(int status) => status switch
    {
        400 => new RecordedAnswer(Recording.Named("chat_prompt_longer_than_ctx_notrunc")),
        403 => new RecordedAnswer(Recording.Named("chat_bad_host")),
        404 => new RecordedAnswer(Recording.Named("chat_missing_model")),
        500 => new RecordedAnswer(Recording.Named("chat_model_load_failure")),
        501 => new RecordedAnswer(Recording.Named("embed_chat_model")),
        503 => new RecordedAnswer(Recording.Named("chat_queue_full_503")),
        _ => RawAnswer.Error(status, $"emulated status {status}"),
    };
}
