using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Abstractions;

/// <summary>
/// Who may call: the keys of KEYS_FILE, API_KEY as the key <see cref="DefaultId"/>, and for the administration ADMIN_KEY as the key
/// <see cref="AdminId"/>.
/// </summary>
public interface ICallerDirectory
{
    /// <summary>The id of API_KEY.</summary>
    const string DefaultId = "default";

    /// <summary>The id of ADMIN_KEY.</summary>
    const string AdminId = "admin";

    /// <summary>False with neither KEYS_FILE nor API_KEY: then anyone may call.</summary>
    bool IsKeyRequired { get; }

    /// <summary>Whether any valid key may administer the gateway: ADMIN_KEY, or one of KEYS_FILE.</summary>
    bool HasAdmin { get; }

    /// <summary>The state of KEYS_FILE; null when it is not set.</summary>
    KeysState? Keys { get; }

    /// <summary>Finds the holder of a key. The cost does not depend on the number of keys; nothing is allocated.</summary>
    /// <param name="key">As the client sent it.</param>
    /// <param name="caller">The holder, unless the key is unknown.</param>
    KeyVerdict Find(ReadOnlySpan<char> key, out Caller? caller);

    /// <summary>What each key may do: those of the two variables first, then those of KEYS_FILE in its order.</summary>
    IReadOnlyList<KeyEntry> List();

    /// <summary>Raised when the keys have changed.</summary>
    event EventHandler? Changed;

    /// <summary>Whether the key of a caller may still be used; true for a caller without a key.</summary>
    bool IsInForce(Caller caller);

    /// <summary>Reads KEYS_FILE now, if it is set. Faults are logged and change nothing.</summary>
    void Reload();
}
