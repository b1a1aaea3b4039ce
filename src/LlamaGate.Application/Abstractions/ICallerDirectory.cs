using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Abstractions;

/// <summary>Who may call: the keys of KEYS_FILE, and API_KEY as the key <see cref="DefaultId"/>.</summary>
public interface ICallerDirectory
{
    /// <summary>The id of API_KEY.</summary>
    const string DefaultId = "default";

    /// <summary>False with neither KEYS_FILE nor API_KEY: then anyone may call.</summary>
    bool IsKeyRequired { get; }

    /// <summary>The state of KEYS_FILE; null when it is not set.</summary>
    KeysState? Keys { get; }

    /// <summary>Finds the holder of a key. The cost does not depend on the number of keys; nothing is allocated.</summary>
    /// <param name="key">As the client sent it.</param>
    /// <param name="caller">The holder, unless the key is unknown.</param>
    KeyVerdict Find(ReadOnlySpan<char> key, out Caller? caller);

    /// <summary>Reads KEYS_FILE now, if it is set. Faults are logged and change nothing.</summary>
    void Reload();
}
