using System.Text.Json;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Native.Contracts;

/// <summary>
/// A body of Ollama's own API, as it was sent. Of its members only those are looked at that the gateway has to know; everything else is
/// Ollama's business.
/// </summary>
public sealed class NativeBody
{
    private NativeBody(ReadOnlyMemory<byte> json, bool needsDemand)
    {
        Json = json;
        Demand = needsDemand ? new NativeDemand() : null;
    }

    /// <summary>Valid as long as the reader keeps the buffer.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The model as the caller named it; empty where none is named.</summary>
    public string Model { get; internal set; } = "";

    /// <summary>As for Ollama, a body that does not say otherwise asks for a stream.</summary>
    public bool IsStream { get; internal set; } = true;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal RuleFailure? Failure { get; set; }

    /// <summary>The values of <c>model</c> and <c>name</c>, in the order in which they stand.</summary>
    internal IReadOnlyList<NamedModel> Names { get; set; } = [];

    /// <summary>The values of <c>from</c>, <c>source</c> and <c>destination</c>, with which models are made and copied.</summary>
    internal IReadOnlyList<string> OtherNames { get; set; } = [];

    /// <summary>
    /// The bytes to take out so that nothing in the body says how the model is loaded, and so that it can be said: <c>keep_alive</c>,
    /// <c>shift</c>, the options for loading, options that are <c>null</c>, and white space at the beginning. In their order.
    /// </summary>
    internal List<Range> LoadCuts { get; } = [];

    /// <summary>The names of those members, <c>options.num_gpu</c>; each once.</summary>
    public IReadOnlyList<string> LoadMembers { get; internal set; } = [];

    /// <summary>What it will demand of a host; null when nobody needs to know.</summary>
    internal NativeDemand? Demand { get; }

    /// <summary>Does not throw for a bad body: the validator reports what is wrong.</summary>
    /// <param name="needsDemand">Whether its <see cref="Demand"/> is needed: for shared hosts and for quotas.</param>
    public static NativeBody Read(ReadOnlyMemory<byte> json, bool needsDemand = false)
    {
        var body = new NativeBody(json, needsDemand);
        try
        {
            NativeMembers.Read(body);
        }
        catch (JsonException exception)
        {
            body.Failure = new RuleFailure(
                "", $"The request body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).");
        }

        return body;
    }
}

/// <summary>A model's name in a body.</summary>
/// <param name="Start">Where its JSON begins, the quotes included.</param>
/// <param name="Length">How long that is, in bytes.</param>
/// <param name="Name">The name.</param>
internal readonly record struct NamedModel(int Start, int Length, string Name);
