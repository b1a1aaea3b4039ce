using AutoMapper;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>What every dialect needs to map its body: the flat members by AutoMapper, the names of models and the operator's options.</summary>
internal sealed class DomainMapper(IMapper mapper, ModelAliases aliases, ModelOptions options)
{
    /// <summary>The members that have the same name on both sides.</summary>
    public GenerationOptions ToOptions(object body) => mapper.Map<GenerationOptions>(body);

    /// <summary>The model that a name refers to; the name itself when it is not an alias.</summary>
    public string ToModel(string name) => aliases.Resolve(name);

    /// <summary>What the operator set for the model; null when nothing.</summary>
    /// <param name="asked">The name in the request.</param>
    /// <param name="model">The model that it stands for.</param>
    public ModelDefaults? FindDefaults(string asked, string model) => options.Find(asked, model);

    /// <summary>The batch with what the operator set for its model, where the request names nothing else.</summary>
    /// <param name="asked">The name in the request.</param>
    public ConversationBatch WithDefaults(ConversationBatch batch, string asked) =>
        FindDefaults(asked, batch.Model) is { } defaults
            ? batch with { Requests = [.. batch.Requests.Select(request => WithDefaults(request, defaults))] }
            : batch;

    private static ConversationRequest WithDefaults(ConversationRequest request, ModelDefaults defaults) => request with
    {
        Options = request.Options with { Vendor = defaults.Complete(request.Options.Vendor) },
        KeepAlive = request.KeepAlive ?? defaults.KeepAlive,
    };
}
