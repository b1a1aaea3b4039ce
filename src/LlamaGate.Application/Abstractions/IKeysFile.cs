using System.Text.Json.Nodes;

namespace LlamaGate.Application.Abstractions;

/// <summary>
/// Reads and changes a keys file. A change keeps comments and layout, replaces the file as a whole, and waits for another process that
/// changes the same file.
/// </summary>
public interface IKeysFile
{
    /// <summary>Reads the file. It does not throw: what cannot be read is a fault.</summary>
    KeysReading Read(KeysFileOptions options);

    /// <summary>What is wrong with a new key's members, without a file. A key that could never be used is wrong too.</summary>
    /// <param name="members">As in the file, without <c>hash</c>.</param>
    IReadOnlyList<KeysFault> Check(JsonObject members);

    /// <summary>Adds a key, and creates a file that does not exist.</summary>
    /// <param name="members">Its id and other members, without <c>hash</c>.</param>
    /// <param name="show">Gets the new secret before the file is changed: a secret that cannot be shown must not be in force.</param>
    /// <exception cref="KeysFileException">The file is not valid or cannot be written, or the id exists.</exception>
    Task AddAsync(KeysFileOptions options, JsonObject members, Func<string, Task> show, CancellationToken cancellationToken);

    /// <summary>Makes a new secret for a key.</summary>
    /// <param name="keepsOld">The newest of the old secrets stays right.</param>
    /// <param name="show">As for <see cref="AddAsync"/>.</param>
    /// <exception cref="KeysFileException">As for <see cref="AddAsync"/>; or there is no such id.</exception>
    Task RotateAsync(KeysFileOptions options, string id, bool keepsOld, Func<string, Task> show, CancellationToken cancellationToken);

    /// <summary>Ends a rotation: of a key's secrets, only the newest stays right.</summary>
    /// <returns>How many secrets were dropped.</returns>
    /// <exception cref="KeysFileException">As for <see cref="RotateAsync"/>.</exception>
    Task<int> FinishRotationAsync(KeysFileOptions options, string id, CancellationToken cancellationToken);

    /// <summary>Removes a key.</summary>
    /// <exception cref="KeysFileException">As for <see cref="RotateAsync"/>.</exception>
    Task RevokeAsync(KeysFileOptions options, string id, CancellationToken cancellationToken);
}
