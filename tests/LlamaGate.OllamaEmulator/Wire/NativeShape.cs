using System.Text;

namespace LlamaGate.OllamaEmulator.Wire;

/// <summary>Writes the objects of a model's answer in the recorded member order.</summary>
/// <param name="model">Echoed as the client sent it.</param>
/// <param name="time">Clock of <c>created_at</c> and the durations.</param>
internal abstract class NativeShape(string model, TimeProvider time)
{
    /// <summary>
    /// There is nothing to load; the recorded member must still be there, and members of value 0 are left out.
    /// </summary>
    private const long LoadNanoseconds = 1_000_000;

    private readonly string _model = GoJson.Quote(model);
    private readonly long _start = time.GetTimestamp();
    private long? _firstToken;

    /// <summary>The times of a scheduled call; null measures from the request to the first object and from there to the last.</summary>
    public Func<Durations>? Measured { get; init; }

    /// <summary>A <c>done:false</c> object.</summary>
    public string Partial(string content, string? thinking = null, string? toolCalls = null)
    {
        _firstToken ??= time.GetTimestamp();
        return $$"""{{Opening(content, thinking, toolCalls)}},"done":false}""";
    }

    /// <summary>The <c>done:true</c> object with counts and durations.</summary>
    public string Final(Closing closing, string content = "", string? thinking = null, string? toolCalls = null)
    {
        var durations = Measured?.Invoke() ?? OwnDurations();
        var text = new StringBuilder(Opening(content, thinking, toolCalls));
        text.Append($$""","done":true,"done_reason":{{GoJson.Quote(closing.Reason)}}{{Context(closing)}},"total_duration":{{durations.Total}},"load_duration":{{durations.Load}}""");
        AppendCount(text, "prompt_eval_count", closing.PromptTokens);
        text.Append($$""","prompt_eval_duration":{{durations.Prompt}}""");
        AppendCount(text, "eval_count", closing.EvalTokens);
        return text.Append($$""","eval_duration":{{durations.Eval}}}""").ToString();
    }

    /// <summary>The one object for a model that was only loaded or unloaded.</summary>
    public string Loaded(string reason) =>
        $$"""{{Opening(string.Empty, null, null)}},"done":true,"done_reason":"{{reason}}"}""";

    protected abstract string Members(string content, string? thinking, string? toolCalls);

    protected virtual string Context(Closing closing) => string.Empty;

    private static void AppendCount(StringBuilder text, string name, int count)
    {
        if (count > 0)
        {
            text.Append($$""","{{name}}":{{count}}""");
        }
    }

    private string Opening(string content, string? thinking, string? toolCalls) =>
        $$"""{"model":{{_model}},"created_at":"{{GoJson.Time(time.GetUtcNow())}}",{{Members(content, thinking, toolCalls)}}""";

    private Durations OwnDurations()
    {
        var now = time.GetTimestamp();
        var prompt = Durations.Nanoseconds(time.GetElapsedTime(_start, _firstToken ?? now));
        var eval = Durations.Nanoseconds(time.GetElapsedTime(_firstToken ?? now, now));
        return new Durations(LoadNanoseconds + prompt + eval, LoadNanoseconds, prompt, eval);
    }

    /// <summary>What the closing object reports.</summary>
    public readonly record struct Closing(string Reason, int PromptTokens, int EvalTokens);
}

/// <summary><c>/api/chat</c>: the answer is a <c>message</c>.</summary>
internal sealed class ChatShape(string model, TimeProvider time) : NativeShape(model, time)
{
    protected override string Members(string content, string? thinking, string? toolCalls)
    {
        var thought = thinking is null ? string.Empty : $$""","thinking":{{GoJson.Quote(thinking)}}""";
        var calls = toolCalls is null ? string.Empty : $$""","tool_calls":{{toolCalls}}""";
        return $$"""
            "message":{"role":"assistant","content":{{GoJson.Quote(content)}}{{thought}}{{calls}}}
            """;
    }
}

/// <summary>
/// <c>/api/generate</c>: the answer is a <c>response</c>, and the closing object carries the context.
/// </summary>
internal sealed class GenerateShape(string model, TimeProvider time, bool raw) : NativeShape(model, time)
{
    protected override string Members(string content, string? thinking, string? toolCalls)
    {
        var thought = thinking is null ? string.Empty : $$""","thinking":{{GoJson.Quote(thinking)}}""";
        return $$"""
            "response":{{GoJson.Quote(content)}}{{thought}}
            """;
    }

    protected override string Context(Closing closing) => raw
        ? string.Empty
        : $$""","context":[{{string.Join(',', Enumerable.Range(260, Math.Min(64, closing.PromptTokens + closing.EvalTokens)))}}]""";
}
