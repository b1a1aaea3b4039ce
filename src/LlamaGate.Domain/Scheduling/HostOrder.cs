using System.Runtime.InteropServices;

namespace LlamaGate.Domain.Scheduling;

/// <summary>An operator wants a model loaded on a host, or unloaded there.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Model">See <see cref="CallSpec.Model"/>.</param>
/// <param name="Loads">False: it is to be unloaded.</param>
public sealed record HostOrder(string Host, string Model, bool Loads)
{
    /// <summary>What the operator says about the model.</summary>
    public ModelRule Rule { get; init; } = ModelRule.None;

    /// <summary>Whether it is a model that only embeds, so that it is loaded that way. Used only for a model without calls.</summary>
    public bool IsEmbedding { get; init; }
}

/// <summary>What became of an order.</summary>
/// <param name="Result">Whether it is carried out.</param>
/// <param name="Running">Calls that must end before it can go on.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OrderOutcome(OrderResult Result, int Running = 0);

/// <summary>What became of an order.</summary>
public enum OrderResult
{
    /// <summary>It has begun.</summary>
    Begun,

    /// <summary>There is nothing to do: the model is loaded, or is not.</summary>
    AlreadySo,

    NoSuchHost,

    /// <summary>The host does not have the model, or its list is not known yet.</summary>
    NoSuchModel,

    /// <summary>The host is down or draining.</summary>
    NotLive,

    /// <summary>The host loads or unloads a model, and does only one at a time.</summary>
    Busy,

    /// <summary>The model would fit only if a pinned one went.</summary>
    NoRoom,

    /// <summary>The model is pinned there.</summary>
    Pinned,

    /// <summary>The model runs elsewhere: there is nothing to load.</summary>
    Remote,
}
