using System.Text.Json;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>
/// One line of the wire table: what is sent to the gateway, what must reach Ollama for it, and what must come back, all as exact
/// text. See <c>Wire/README.md</c> for the file format.
/// </summary>
/// <param name="Row">The row of docs/wire.md that it proves.</param>
/// <param name="Name">What is special about it.</param>
/// <param name="Gateway">Settings for a gateway of its own; null shares the one with the defaults.</param>
internal sealed record WireCase(string Row, string Name, JsonElement? Gateway, IReadOnlyList<WireStep> Steps)
{
    public string Key => $"{Row}: {Name}";

    public override string ToString() => Key;
}

/// <summary>One request of a case.</summary>
internal sealed record WireStep
{
    public const string Chat = "POST /v1/chat/completions";

    /// <summary>Method and path.</summary>
    public string Request { get; init; } = Chat;

    public IReadOnlyDictionary<string, string?> Headers { get; init; } =
        new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    public string? Body { get; init; }

    /// <summary>In place of a body: that many bytes.</summary>
    public int? BodySize { get; init; }

    /// <summary>Minutes by which the clock moves on once Ollama has been asked.</summary>
    public int? ClockMinutes { get; init; }

    /// <summary>
    /// Several upstream calls run at once: calls are compared as a set, and the events of each choice in their order.
    /// </summary>
    public bool Unordered { get; init; }

    public IReadOnlyList<WireCall> Upstream { get; init; } = [];

    /// <summary>Null only until it has been written.</summary>
    public WireExpectation? Expect { get; init; }
}

/// <summary>A call that Ollama must get, and what it answers.</summary>
/// <param name="Line">Method and path.</param>
/// <param name="Headers">Headers that it must have; null means must not have.</param>
/// <param name="Body">Its exact body; null until it has been written.</param>
/// <param name="Answer">
/// A recording's name, or an object with lines, status and body, or emulate; null leaves it to the emulator.
/// </param>
internal sealed record WireCall(
    string Line, IReadOnlyDictionary<string, string?> Headers, string? Body, JsonElement? Answer);

/// <summary>The answer that must come: a body or events.</summary>
/// <param name="Headers">
/// Exact values, or a pattern after <c>~</c>. A header of <see cref="WireAnswer.Telling"/> that is not named must be absent.
/// </param>
internal sealed record WireExpectation(
    int Status, IReadOnlyDictionary<string, string?> Headers, string? Body, IReadOnlyList<string>? Events)
{
    /// <summary>What the body must be, byte for byte, once random ids have given way to words.</summary>
    public string Text => Events is null ? Body ?? "" : string.Concat(Events.Select(frame => frame + "\n\n"));
}
