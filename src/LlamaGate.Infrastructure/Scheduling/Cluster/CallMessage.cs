using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using Orleans;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>A <see cref="CallSpec"/> on its way to the scheduler. What operators say about models is the same at all gateways.</summary>
[GenerateSerializer, Immutable, Alias("llamagate.call")]
internal sealed record CallMessage
{
    [Id(0)]
    public required PrincipalMessage Principal { get; init; }

    /// <summary>See <see cref="CallSpec.Model"/>.</summary>
    [Id(1)]
    public required string Key { get; init; }

    /// <summary>The model's own name.</summary>
    [Id(2)]
    public required string Model { get; init; }

    /// <summary>The X-Request-ID of the request that it serves.</summary>
    [Id(3)]
    public string? RequestId { get; init; }

    /// <summary>Since its arrival, or that of an earlier part of the same request.</summary>
    [Id(4)]
    public TimeSpan Age { get; init; }

    [Id(5)]
    public bool IsEmbedding { get; init; }

    [Id(6)]
    public KeyPriority? Priority { get; init; }

    [Id(7)]
    public int TextBytes { get; init; }

    [Id(8)]
    public int Images { get; init; }

    [Id(9)]
    public int? MaxTokens { get; init; }

    [Id(10)]
    public int? Context { get; init; }

    [Id(11)]
    public long? Prefix { get; init; }

    [Id(12)]
    public bool TeachesSlots { get; init; }

    [Id(13)]
    public long BodyBytes { get; init; }

    /// <param name="spec">As the gateway sees the call.</param>
    /// <param name="age">See <see cref="Age"/>.</param>
    public static CallMessage Of(CallSpec spec, string model, string? requestId, TimeSpan age) => new()
    {
        Principal = PrincipalMessage.Of(spec.Principal),
        Key = spec.Model,
        Model = model,
        RequestId = requestId,
        Age = age,
        IsEmbedding = spec.IsEmbedding,
        Priority = spec.Priority,
        TextBytes = spec.TextBytes,
        Images = spec.Images,
        MaxTokens = spec.MaxTokens,
        Context = spec.Context,
        Prefix = spec.Prefix,
        TeachesSlots = spec.TeachesSlots,
        BodyBytes = spec.BodyBytes,
    };

    /// <param name="now">By the scheduler's clock.</param>
    /// <param name="key">What the scheduler calls the model.</param>
    /// <param name="tag">See <see cref="CallSpec.Tag"/>.</param>
    public CallSpec ToSpec(TimeSpan now, string key, ModelRule rule, object tag) => new(Principal.ToPrincipal(), key)
    {
        Rule = rule,
        IsEmbedding = IsEmbedding,
        Priority = Priority,
        TextBytes = TextBytes,
        Images = Images,
        MaxTokens = MaxTokens,
        Context = Context,
        Prefix = Prefix,
        TeachesSlots = TeachesSlots,
        BodyBytes = BodyBytes,
        ArrivedAt = now - Age,
        Tag = tag,
    };
}
