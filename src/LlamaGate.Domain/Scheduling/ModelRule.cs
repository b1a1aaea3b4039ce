using System.Text.Json;

namespace LlamaGate.Domain.Scheduling;

/// <summary>What the operator says about the loading of a model. All null: as Ollama does.</summary>
public sealed record ModelRule
{
    public static ModelRule None { get; } = new();

    /// <summary>Calls that a runner of the model works on at once, 1–64; null = the host's.</summary>
    public int? Slots { get; init; }

    /// <summary>The context to load with, in tokens (<c>num_ctx</c>).</summary>
    public int? Context { get; init; }

    /// <summary>The largest context that callers may wish for, in tokens (<c>max_ctx</c>); null = their wishes have no effect.</summary>
    public int? MaxContext { get; init; }

    /// <summary>How long Ollama keeps the model loaded, as a JSON text (<c>keep_alive</c>).</summary>
    public string? KeepAlive { get; init; }

    /// <summary>Ollama's other options for the loading of the model, an object; each call carries the same. Null = none.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>This rule, and another for what it does not say.</summary>
    public ModelRule Over(ModelRule other) => new()
    {
        Slots = Slots ?? other.Slots,
        Context = Context ?? other.Context,
        MaxContext = MaxContext ?? other.MaxContext,
        KeepAlive = KeepAlive ?? other.KeepAlive,
        Options = Options ?? other.Options,
    };
}
