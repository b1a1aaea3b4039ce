using System.Security.Cryptography;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Infrastructure.Callers.Format;

namespace LlamaGate.Infrastructure.Callers;

/// <summary>
/// Notices that a keys file has changed. It is polled, not watched, because change notifications get lost in mounted directories and with
/// symbolic links that are swapped. A file of usual size is read each time and compared by its hash, because time and length of a file
/// that replaced another can be those of the other; a large one is read when its time, length or mode differ.
/// </summary>
internal sealed class KeysFileSource(KeysFileOptions options, Func<ReservedKeys> reserved, TimeProvider timeProvider)
{
    /// <summary>Some 400 keys. A larger buffer each second would be garbage that only a full collection removes.</summary>
    private const long MaxAlwaysRead = 64 * 1024;

    /// <summary>A file that changed so shortly before it was read can change again without a new time.</summary>
    private static readonly TimeSpan TimeResolution = TimeSpan.FromSeconds(3);

    private FileStamp? _stamp;
    private string? _content;

    /// <summary>Null when nothing has changed since the last call.</summary>
    /// <param name="isForced">It is read even if it looks unchanged.</param>
    public KeysReading? ReadIfChanged(bool isForced = false)
    {
        var stamp = FileStamp.Of(options.Path);
        if (!isForced && stamp is { Length: > MaxAlwaysRead } && stamp == _stamp)
        {
            return null;
        }

        var faults = new FaultList();
        var text = KeysFileAccess.Read(options.Path, options.MayBeOpen, faults);
        // A file that may still be changing is read again at the next look.
        _stamp = stamp is not null && stamp.ModifiedAt < timeProvider.GetUtcNow().UtcDateTime - TimeResolution ? stamp : null;
        var keys = reserved();
        // With other keys of variables the same file can have other faults.
        var content = text is null
            ? faults.All[0].Problem
            : Convert.ToHexString(SHA256.HashData(text)) + string.Concat(keys.All().Select(key => key.Id + KeyDigest.Of(key.Key).ToText()));
        if (content == _content)
        {
            return null;
        }

        _content = content;
        var document = text is null ? null : KeysParser.Parse(text, keys, faults);
        return new KeysReading(document?.Entries ?? [], faults.All);
    }

    /// <summary>What the file system says of a file without reading it.</summary>
    private sealed record FileStamp(DateTime ModifiedAt, DateTime CreatedAt, long Length, UnixFileMode Mode)
    {
        public static FileStamp? Of(string path)
        {
            try
            {
                var file = new FileInfo(path);
                file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
                return file.Exists ? new(file.LastWriteTimeUtc, file.CreationTimeUtc, file.Length, file.UnixFileMode) : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return null;
            }
        }
    }
}
