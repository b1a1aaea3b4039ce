using System.Text;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Logging;

/// <summary>
/// Appends to LOG_FILE and follows the path, not the file: when the file was moved away, replaced or cut short, as
/// logrotate does, it opens what is there now, or a new file that is its owner's alone. It looks before each write, which
/// is some fifty times a second at most: a file that was cut short and then written to looks like one that was not.
/// </summary>
internal sealed class ReopeningFile : ILineTarget, IDisposable
{
    private readonly string _path;
    private FileStream _file;
    private WriterTarget _lines;

    public ReopeningFile(string path)
    {
        _path = path;
        _file = Open();
        _lines = LinesTo(_file);
    }

    public void Write(StringBuilder lines)
    {
        Follow();
        _lines.Write(lines);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>
    /// There is no other writer, so the length tells: a file of another one than what was written is another file.
    /// </summary>
    private void Follow()
    {
        var there = new FileInfo(_path);
        if (there.Exists && there.Length == _file.Position)
        {
            return;
        }

        try
        {
            var next = Open();
            _file.Dispose();
            _file = next;
            _lines = LinesTo(next);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The directory is gone or not ours for now: on with the old file, and the next write tries again.
        }
    }

    // Delete: on Windows nobody could move the file away otherwise.
    private FileStream Open() => LogFileAccess.Open(_path, FileShare.Read | FileShare.Delete);

    private static WriterTarget LinesTo(FileStream file) =>
        new(new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
}
