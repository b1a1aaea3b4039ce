using System.Globalization;
using System.Text.Json.Nodes;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Infrastructure.Callers.Editing;
using LlamaGate.Infrastructure.Callers.Format;

namespace LlamaGate.Infrastructure.Callers;

/// <summary>The keys file for commands, which read and change it without a gateway.</summary>
public sealed class KeysFile(TimeProvider timeProvider) : IKeysFile
{
    public KeysReading Read(KeysFileOptions options)
    {
        var faults = new FaultList();
        var text = KeysFileAccess.Read(options.Path, options.MayBeOpen, faults);
        var document = text is null ? null : KeysParser.Parse(text, ReservedKeys.Of(options), faults);
        return new KeysReading(document?.Entries ?? [], faults.All);
    }

    public IReadOnlyList<KeysFault> Check(JsonObject members)
    {
        var faults = new FaultList();
        var text = KeysText.Insert(KeysText.Empty, members, NewSecret.Create().Digest);
        var document = KeysParser.Parse(text, ReservedKeys.None, faults);
        return faults.IsEmpty && document is { Entries: [var key], Keys: [var raw] } ? [.. FindUseless(key, raw)] : faults.All;
    }

    public Task AddAsync(KeysFileOptions options, JsonObject members, Func<string, Task> show, CancellationToken cancellationToken)
    {
        var secret = NewSecret.Create();
        var id = (string?)members[KeyFields.Id] ?? "";
        var dated = members.DeepClone().AsObject();
        dated[KeyFields.Created] = timeProvider.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return ChangeAsync(options, mayBeNew: true, text =>
        {
            if (text.Find(id) is not null)
            {
                throw new KeysFileException($"the key \"{id}\" already exists in {options.Path}");
            }

            return (text.Add(dated, secret.Digest), secret.Text);
        }, show, cancellationToken);
    }

    public Task RotateAsync(
        KeysFileOptions options, string id, bool keepsOld, Func<string, Task> show, CancellationToken cancellationToken)
    {
        var secret = NewSecret.Create();
        return ChangeAsync(options, mayBeNew: false, text =>
        {
            var old = Require(text, id, options).Digests;
            return (text.SetDigests(id, keepsOld ? [secret.Digest, old[0]] : [secret.Digest]), secret.Text);
        }, show, cancellationToken);
    }

    public Task<int> FinishRotationAsync(KeysFileOptions options, string id, CancellationToken cancellationToken) =>
        ChangeAsync(options, mayBeNew: false, text =>
        {
            var digests = Require(text, id, options).Digests;
            return (text.SetDigests(id, [digests[0]]), digests.Count - 1);
        }, NothingToShow, cancellationToken);

    public Task RevokeAsync(KeysFileOptions options, string id, CancellationToken cancellationToken) =>
        ChangeAsync(options, mayBeNew: false, text =>
        {
            _ = Require(text, id, options);
            return (text.Remove(id), true);
        }, NothingToShow, cancellationToken);

    /// <summary>Values that a file may hold, but with which a new key would never work.</summary>
    private IEnumerable<KeysFault> FindUseless(KeyEntry key, RawKey raw)
    {
        if (key.Models.Patterns.Count == 0)
        {
            yield return new KeysFault(raw.Line, $"{raw.Place}.models", key.Id, "must name at least one model or pattern");
        }

        if (key.Expires <= timeProvider.GetUtcNow())
        {
            yield return new KeysFault(raw.Line, $"{raw.Place}.expires", key.Id, "must not be in the past");
        }
    }

    private static KeyEntry Require(KeysText text, string id, KeysFileOptions options) =>
        text.Find(id) ?? throw new KeysFileException($"there is no key \"{id}\" in {options.Path}");

    private async Task<T> ChangeAsync<T>(
        KeysFileOptions options, bool mayBeNew, Func<KeysText, (byte[] Text, T Result)> change, Func<T, Task> show, CancellationToken cancellationToken)
    {
        // Where a symbolic link leads, so that it stays one.
        var path = FinalPath(options.Path);
        using var held = await KeysFileLock.TakeAsync(path, timeProvider, cancellationToken);
        var old = mayBeNew && !File.Exists(path) ? KeysText.Empty : ReadText(options, mayBeEmpty: mayBeNew);
        var (text, result) = change(KeysText.Parse(old, options));
        // What is written can be read again, or it is not written.
        _ = KeysText.Parse(text, options);
        await show(result);
        ReplacedFile.Write(path, text, keepsMode: options.MayBeOpen);
        return result;
    }

    private static Task NothingToShow<T>(T result) => Task.CompletedTask;

    private static byte[] ReadText(KeysFileOptions options, bool mayBeEmpty)
    {
        var faults = new FaultList();
        var text = KeysFileAccess.Read(options.Path, options.MayBeOpen, faults)
            ?? throw new KeysFileException(faults.All[0].Describe(options.Path));
        // Made by hand to have the right owner, say.
        return mayBeEmpty && text.Length == 0 ? KeysText.Empty : text;
    }

    private static string FinalPath(string path)
    {
        try
        {
            // The whole path: .NET takes the target of a link that is given by its name alone for one in the root directory.
            return File.Exists(path) ? File.ResolveLinkTarget(Path.GetFullPath(path), returnFinalTarget: true)?.FullName ?? path : path;
        }
        catch (IOException)
        {
            return path;
        }
    }
}
