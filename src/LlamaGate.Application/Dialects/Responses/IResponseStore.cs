namespace LlamaGate.Application.Dialects.Responses;

/// <summary>
/// Remembers recent responses, each for its owner alone, bounded in bytes and time. It may forget at any moment and forgets all at
/// the end of the process.
/// </summary>
public interface IResponseStore
{
    /// <summary>False with RESPONSES_STORE_MB=0: nothing is kept, nothing is found.</summary>
    bool IsEnabled { get; }

    /// <summary>The response with this id; null when the owner has none.</summary>
    StoredResponse? Find(string owner, string id);

    /// <summary>The response whose output has an item with this id; null when the owner has none.</summary>
    StoredResponse? FindByItem(string owner, string itemId);

    /// <summary>Keeps a response that is complete, under its own id and those of its output's items.</summary>
    void Keep(string owner, StoredResponse response);

    /// <summary>Forgets a response and its items; false when the owner has none with this id.</summary>
    bool Forget(string owner, string id);
}
