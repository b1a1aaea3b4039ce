using System.Text.Json;
using AutoMapper;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>What every dialect needs to map its body: the flat members by AutoMapper, the names of models and the operator's options.</summary>
internal sealed class DomainMapper(IMapper mapper, ModelAliases aliases, ModelOptions options, HostSharing sharing)
{
    /// <summary>The members that have the same name on both sides.</summary>
    public GenerationOptions ToOptions(object body) => mapper.Map<GenerationOptions>(body);

    /// <summary>The model that a name refers to; the name itself when it is not an alias.</summary>
    public string ToModel(string name) => aliases.Resolve(name);

    /// <summary>
    /// The batch with what the operator set for its model, where the request names nothing else. On shared hosts, a request's own values for
    /// the loading of the model are left out first.
    /// </summary>
    /// <param name="asked">The name in the request.</param>
    public ConversationBatch WithDefaults(ConversationBatch batch, string asked)
    {
        var defaults = FindDefaults(asked, batch.Model);
        return defaults is null && !sharing.IsOn ? batch : WithDefaults(batch, defaults);
    }

    /// <summary>The same for the options and <c>keep_alive</c> of an embeddings request.</summary>
    /// <param name="asked">The name in the request.</param>
    /// <param name="model">The model that it stands for.</param>
    public (JsonElement? Options, JsonElement? KeepAlive) WithDefaults(string asked, string model, JsonElement? options, JsonElement? keepAlive)
    {
        var defaults = FindDefaults(asked, model);
        var own = sharing.Keep(options);
        return (defaults is null ? own : defaults.Complete(own), sharing.KeepAlive(keepAlive) ?? defaults?.KeepAlive);
    }

    /// <summary>The context in tokens that a request's own options wish for on shared hosts; null for no wish.</summary>
    public int? WishedContext(JsonElement? options) => sharing.WishedContext(options);

    private ConversationBatch WithDefaults(ConversationBatch batch, ModelDefaults? defaults) =>
        batch with { Requests = [.. batch.Requests.Select(request => WithDefaults(request, defaults))] };

    private ModelDefaults? FindDefaults(string asked, string model) =>
        options.Find(asked, model) is { } defaults ? sharing.IsOn ? defaults.OnSharedHosts : defaults : null;

    private ConversationRequest WithDefaults(ConversationRequest request, ModelDefaults? defaults)
    {
        var own = sharing.Keep(request.Options.Vendor);
        return request with
        {
            Options = request.Options with { Vendor = defaults is null ? own : defaults.Complete(own) },
            KeepAlive = sharing.KeepAlive(request.KeepAlive) ?? defaults?.KeepAlive,
            Context = sharing.WishedContext(request.Options.Vendor),
        };
    }
}
