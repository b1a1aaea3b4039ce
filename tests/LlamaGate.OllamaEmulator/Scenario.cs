using LlamaGate.OllamaEmulator.Scripts;

namespace LlamaGate.OllamaEmulator;

/// <summary>
/// What the emulator answers to one request, and how it puts the answer on the wire. An immutable value: compose with
/// <c>with</c> and <see cref="PauseAt"/>. Wherever a line number is meant, it is the number of lines sent before.
/// </summary>
public sealed record Scenario
{
    /// <summary>
    /// What is answered; null leaves it to the endpoint (the model's own answer, the version, the list of models).
    /// </summary>
    public Answer? Answer { get; init; }

    /// <summary>
    /// Silence before the first byte; Ollama sends not even headers while it loads and reads the prompt.
    /// </summary>
    public TimeSpan FirstDelay { get; init; }

    /// <summary>Time between two lines of a stream. A plain answer takes the sum of them.</summary>
    public TimeSpan Gap { get; init; }

    /// <summary>Places where the answer waits for the test's word.</summary>
    public IReadOnlyList<Pause> Pauses { get; init; } = [];

    /// <summary>How the answer ends.</summary>
    public Ending Ending { get; init; } = Ending.Normal;

    /// <summary>
    /// Lines sent before <see cref="Ending"/> strikes; null means in place of the closing line. Streams only.
    /// </summary>
    public int? EndingAt { get; init; }

    /// <summary>Cuts every packet into pieces of this many bytes, each flushed on its own; 0 cuts nothing.</summary>
    public int SplitBytes { get; init; }

    /// <summary>Lines of a stream that travel together in one flush.</summary>
    public int LinesPerPacket { get; init; } = 1;

    /// <summary>The endpoint's own answer, to be composed with faults and delays.</summary>
    public static Scenario Default { get; } = new();

    /// <summary>Status, content type and bytes of a recording, chunk by chunk.</summary>
    public static Scenario Recorded(string name) => new() { Answer = new RecordedAnswer(Recording.Named(name)) };

    /// <summary>The model says these tokens.</summary>
    public static Scenario Says(params string[] tokens) => new() { Answer = new ModelAnswer { Tokens = tokens } };

    /// <summary>The model says this many tokens: "one", " two" … " ten", " one" ….</summary>
    public static Scenario Counts(int tokens) =>
        new() { Answer = new ModelAnswer { Tokens = CountingTokens.Take(tokens) } };

    /// <summary>The model calls tools, in the form of its template.</summary>
    public static Scenario Calls(ToolCallForm form, params EmulatedToolCall[] calls) =>
        new() { Answer = new ModelAnswer { ToolCalls = calls, ToolCallForm = form } };

    /// <summary>An error before the first byte: Ollama's body <c>{"error":"…"}</c> under the given status.</summary>
    public static Scenario Fails(int status, string error) => new() { Answer = RawAnswer.Error(status, error) };

    /// <summary>An error before the first byte with the text recorded for that status.</summary>
    public static Scenario Fails(int status) => new() { Answer = RecordedErrors.For(status) };

    /// <summary>A stream of these lines as they are; the line feeds are added.</summary>
    public static Scenario Lines(params string[] lines) => new() { Answer = RawAnswer.Stream(lines) };

    /// <summary>
    /// The script written as in a model name after <c>emu:</c>, such as <c>tokens-20_first-500ms_fail-reset</c>.
    /// </summary>
    /// <exception cref="FormatException">A directive is unknown or its value cannot be read.</exception>
    public static Scenario Parse(string directives) => DirectiveParser.Parse(directives);

    /// <summary>
    /// Sends that many lines, then waits until the test releases the gate; 0 waits before the first byte.
    /// </summary>
    public Scenario PauseAt(int lines, Gate gate) => this with { Pauses = [.. Pauses, new Pause(lines, gate)] };
}

/// <summary>A place where an answer waits: after that many lines, for that gate.</summary>
public sealed record Pause(int Lines, Gate Gate);

/// <summary>How an answer ends.</summary>
public enum Ending
{
    /// <summary>With its closing line.</summary>
    Normal,

    /// <summary>
    /// Cleanly but without <c>done:true</c>, as Ollama's repetition guard ends; a plain answer says <c>done:false</c>.
    /// </summary>
    Silent,

    /// <summary>
    /// With the recorded error line and no more; as status 500 before the first line and for a plain answer.
    /// </summary>
    ErrorLine,

    /// <summary>With a TCP reset.</summary>
    Reset,

    /// <summary>Not at all: nothing more is sent until the client leaves.</summary>
    Hang,

    /// <summary>Normally, but with a line in it that is not JSON.</summary>
    Garbage,
}
