using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Dialects.Responses.Contracts;

namespace LlamaGate.Application.Tests.Dialects.Responses;

/// <summary>Histories for tests, over a store without bounds or over none.</summary>
internal static class Histories
{
    public static ResponseHistory Of(CreateResponseRequest request) => new(new Store { IsEnabled = false }, "", request);

    /// <summary>Keeps what it is given, and finds it again.</summary>
    public sealed class Store : IResponseStore
    {
        private readonly List<(string Owner, StoredResponse Response)> _kept = [];

        public bool IsEnabled { get; init; } = true;

        public IReadOnlyList<(string Owner, StoredResponse Response)> Kept => _kept;

        public StoredResponse? Find(string owner, string id) =>
            _kept.Find(kept => kept.Owner == owner && kept.Response.Response.Id == id).Response;

        public StoredResponse? FindByItem(string owner, string itemId) => _kept.Find(
            kept => kept.Owner == owner && kept.Response.Response.Output.Any(item => item.Id == itemId)).Response;

        public void Keep(string owner, StoredResponse response) => _kept.Add((owner, response));

        public bool Forget(string owner, string id) => _kept.RemoveAll(kept => kept.Owner == owner && kept.Response.Response.Id == id) > 0;
    }
}
