using System.Text;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Logging;

/// <summary>
/// Appends to LOG_FILE and follows the path, not the file: when the file was moved away, replaced or truncated, as
/// logrotate does, it opens the current file, or creates one readable only by its owner. It checks before each write, at most
/// about fifty times a second: a file that was truncated and then written to cannot be told from an unchanged one.
/// </summary>
internal sealed class ReopeningFile : ILineTarget, IDisposable
{
    /// <summary>The file itself has no buffer: what a failed write leaves in one would be written when the file is closed.</summary>
    private const int BufferedCharacters = 16 * 1024;

    private readonly string _path;
    private FileStream _file;
    private WriterTarget _lines;

    /// <summary>A write has failed: the disk was full, say.</summary>
    private bool _isBroken;

    /// <summary>A part of a line may be left of a write that has failed.</summary>
    private bool _hasRest;

    public ReopeningFile(string path)
    {
        _path = path;
        _file = Open();
        _lines = LinesTo(_file);
    }

    public void Write(StringBuilder lines)
    {
        Follow();
        var length = _file.CanSeek ? _file.Position : 0;
        try
        {
            _lines.Write(lines);
        }
        catch (Exception)
        {
            _isBroken = true;
            _hasRest |= !TakeBack(length);
            throw;
        }
    }

    public void Dispose() => Close(_file);

    /// <summary>
    /// There is no other writer, so the length is enough: a file whose length differs from what was written is another file.
    /// </summary>
    private void Follow()
    {
        var there = new FileInfo(_path);
        // A pipe, such as /dev/stdout, has no length.
        if (!_isBroken && (!_file.CanSeek || (there.Exists && there.Length == _file.Position)))
        {
            return;
        }

        try
        {
            var next = Open();
            Close(_file);
            _file = next;
            _lines = LinesTo(next);
            if (_hasRest)
            {
                // It stays a line of its own.
                _lines.Write(new StringBuilder("\n"));
            }

            (_isBroken, _hasRest) = (false, false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The directory is missing or not accessible for now: continue with the old file; the next write tries again.
        }
    }

    /// <summary>Removes what a failed write has left, so that the file has whole lines only.</summary>
    private bool TakeBack(long length)
    {
        try
        {
            // A file that was truncated meanwhile must not grow.
            if (RandomAccess.GetLength(_file.SafeFileHandle) < length)
            {
                return false;
            }

            RandomAccess.SetLength(_file.SafeFileHandle, length);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A pipe or a device.
            return false;
        }
    }

    /// <summary>What the system could not write may fail once more when the file is closed.</summary>
    private static void Close(FileStream file)
    {
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            // It has been reported, and the file is closed all the same.
        }
    }

    // Delete: otherwise nobody could move the file away on Windows.
    private FileStream Open() => LogFileAccess.Open(_path, FileShare.Read | FileShare.Delete);

    private static WriterTarget LinesTo(FileStream file) =>
        new(new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferedCharacters));
}
