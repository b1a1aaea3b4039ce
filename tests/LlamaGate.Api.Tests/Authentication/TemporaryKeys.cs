using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Tests.Authentication;

/// <summary>A keys file that only its owner can read, in a directory of its own.</summary>
internal sealed class TemporaryKeys : IDisposable
{
    public TemporaryKeys(params string[] keys) => Write(keys);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("llamagate-keys-").FullName;

    public string Path => System.IO.Path.Combine(Directory, "keys.json");

    /// <summary>A key as JSON text.</summary>
    /// <param name="members">Further members.</param>
    public static string Key(string id, string secret, string members = "") =>
        $$"""{"id":"{{id}}","hash":"{{KeyDigest.Of(secret).ToText()}}"{{(members.Length > 0 ? "," : "")}}{{members}}}""";

    public void Write(params string[] keys) => WriteText($$"""{"keys":[{{string.Join(",\n", keys)}}]}""");

    public void WriteText(string text)
    {
        var other = Path + ".new";
        File.WriteAllText(other, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.Move(other, Path, overwrite: true);
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
