using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.CommandLine.Doctor;

/// <summary>
/// Has an emulated Ollama chat as one with OLLAMA_NUM_PARALLEL=1 does: the next answer begins when the one before has ended. A
/// long answer never ends by itself.
/// </summary>
internal sealed class SerialOllama
{
    /// <summary>So many tokens are a long answer.</summary>
    private const int Long = 500;

    private readonly Lock _gate = new();
    private readonly bool _stopsWhenLeft;
    private Task _before = Task.CompletedTask;

    private SerialOllama(bool stopsWhenLeft) => _stopsWhenLeft = stopsWhenLeft;

    /// <param name="stopsWhenLeft">False: an answer goes on for ever although its caller has left.</param>
    public static void Teach(EmulatedOllama ollama, bool stopsWhenLeft = true) =>
        ollama.Respond(new SerialOllama(stopsWhenLeft).Respond);

    private Scenario? Respond(RecordedRequest request)
    {
        if (request.Path != "/api/chat")
        {
            return null;
        }

        var tokens = request.Json().GetProperty("options").GetProperty("num_predict").GetInt32();
        var endsByItself = tokens < Long;
        var turn = new Gate();
        lock (_gate)
        {
            _ = OpenAsync(turn, _before);
            _before = _stopsWhenLeft || endsByItself ? request.Completed : new TaskCompletionSource().Task;
        }

        return (endsByItself
            ? Scenario.Counts(tokens) with { Gap = TimeSpan.FromMilliseconds(10) }
            : Scenario.Counts(tokens).PauseAt(12, new Gate())).PauseAt(0, turn);
    }

    private static async Task OpenAsync(Gate turn, Task before)
    {
        await before;
        turn.Release();
    }
}
