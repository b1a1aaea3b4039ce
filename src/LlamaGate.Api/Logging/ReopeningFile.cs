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
    private readonly string _path;
    private FileStream _file;
    private WriterTarget _lines;

    /// <summary>A write has failed, maybe within a line: the disk was full, say.</summary>
    private bool _isBroken;

    public ReopeningFile(string path)
    {
        _path = path;
        _file = Open();
        _lines = LinesTo(_file);
    }

    public void Write(StringBuilder lines)
    {
        Follow();
        try
        {
            _lines.Write(lines);
        }
        catch (IOException)
        {
            _isBroken = true;
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
            if (_isBroken)
            {
                // What is left of a line stays a line of its own.
                _lines.Write(new StringBuilder("\n"));
                _isBroken = false;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The directory is missing or not accessible for now: continue with the old file; the next write tries again.
        }
    }

    /// <summary>What could not be written fails once more when the file is closed.</summary>
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
        new(new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
}
