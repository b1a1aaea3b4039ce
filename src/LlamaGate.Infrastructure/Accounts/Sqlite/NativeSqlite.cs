using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SQLitePCL;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>
/// Loads SQLite's native library once for the process. The single binary contains it: it is then unpacked into DATA_DIR, under a name with
/// its hash. Otherwise it lies beside the program, where the runtime finds it.
/// </summary>
internal static class NativeSqlite
{
    private const string Prefix = "libe_sqlite3-";
    private const int NameDigits = 16;

    private static readonly Lock Gate = new();
    private static bool _isLoaded;
    private static bool _isResolved;
    private static nint _library;

    /// <param name="directory">Where it may be unpacked; it exists.</param>
    /// <param name="open">The library inside the program; null when there is none.</param>
    /// <exception cref="DllNotFoundException">It cannot be loaded; a later call tries again.</exception>
    public static void Load(string directory, Func<Stream?> open)
    {
        lock (Gate)
        {
            if (_isLoaded)
            {
                return;
            }

            using var embedded = open();
            if (embedded is not null && _library == 0)
            {
                _library = NativeLibrary.Load(Unpack(embedded, directory));
            }

            if (!_isResolved)
            {
                NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
                _isResolved = true;
            }

            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            _isLoaded = true;
        }
    }

    /// <summary>A function that the packages do not offer. The library must be loaded.</summary>
    /// <returns>Its address; 0 when it is not found.</returns>
    public static nint FindExport(string name)
    {
        lock (Gate)
        {
            // The runtime does not ask the resolver here, so it would not find an unpacked library.
            var library = _library;
            var isFound = library != 0
                || NativeLibrary.TryLoad("e_sqlite3", typeof(SQLite3Provider_e_sqlite3).Assembly, searchPath: null, out library);
            return isFound && NativeLibrary.TryGetExport(library, name, out var address) ? address : 0;
        }
    }

    /// <summary>Null lets the runtime search.</summary>
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => _library;

    /// <summary>Several processes may do this at once: each writes a file of its own and gives it the common name.</summary>
    /// <returns>The library's path; its content is that of <paramref name="embedded"/>.</returns>
    internal static string Unpack(Stream embedded, string directory)
    {
        using var memory = new MemoryStream();
        embedded.CopyTo(memory);
        var content = memory.ToArray();
        var hash = SHA256.HashData(content);
        var path = Path.GetFullPath(Path.Combine(directory, NameOf(hash)));
        if (!HasContent(path, hash))
        {
            Write(path, content);
        }

        return path;
    }

    private static string NameOf(byte[] hash) => Prefix + Convert.ToHexStringLower(hash)[..NameDigits]
        + (OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so");

    private static bool HasContent(string path, byte[] hash)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return SHA256.HashData(file).AsSpan().SequenceEqual(hash);
        }
        catch (UnauthorizedAccessException)
        {
            // A command that root ran has made it, for root alone. The owner of the directory can replace it.
            return false;
        }
    }

    private static void Write(string path, byte[] content)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = OwnFile.Create(temporary))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
